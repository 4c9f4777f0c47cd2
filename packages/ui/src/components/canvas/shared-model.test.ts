import { describe, expect, it } from 'vitest';
import type { CanvasModel, CanvasNode } from './canvas-model.js';
import { sharedModel } from './shared-model.js';

const node = (name: string, x = 0): CanvasNode => ({
  ...{ name, title: name, type: 'core.buffer.latest', kind: 'buffer', place: { x, y: 0 }, fault: undefined },
  inputs: [{ port: 'in', type: 'frame', family: 'frame', isMissing: false }],
  outputs: [],
});
const model = (...nodes: readonly CanvasNode[]): CanvasModel => ({ nodes, wires: [], comments: [], groups: [] });

describe('sharedModel', () => {
  it('keeps what is as it was, and takes what is not', () => {
    const before = model(node('a'), node('b'));
    const after = sharedModel(before, model(node('a'), node('b', 8), node('c')));
    expect(after).toEqual(model(node('a'), node('b', 8), node('c')));
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).not.toBe(before.nodes[1]);
  });

  it('keeps whole lists that are as they were, and no list of another order', () => {
    const before = model(node('a'), node('b'));
    expect(sharedModel(before, model(node('a'), node('b'))).nodes).toBe(before.nodes);
    expect(sharedModel(before, model(node('b'), node('a'))).nodes.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(sharedModel(undefined, before)).toBe(before);
  });
});
