import { describe, expect, it } from 'vitest';
import { annotationsOf, frameAround } from './annotations-model.js';

describe('The frame of a group', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, width: 192, height: 76 }],
    ['b', { x: 300, y: -40, width: 192, height: 100 }],
  ]);

  it('lies around its nodes, with room for its title', () => {
    expect(frameAround(['a', 'b'], boxes)).toEqual({ x: -16, y: -84, width: 524, height: 176 });
    expect(frameAround(['a', 'gone'], boxes)).toEqual({ x: -16, y: -44, width: 224, height: 136 });
  });

  it('is none where there are no nodes', () => {
    expect(frameAround(['gone'], boxes)).toBeUndefined();
  });
});

describe('Groups of a document', () => {
  it('are drawn with the nodes that are there', () => {
    const { groups, comments } = annotationsOf({
      ...{ kinegraph: 1, nodes: { a: { type: 'x' } }, wires: [] },
      groups: { g: { title: 'G', nodes: ['a', 'gone', 'toString'] } },
    });
    expect([groups, comments]).toEqual([[{ name: 'g', title: 'G', nodes: ['a'] }], []]);
  });
});
