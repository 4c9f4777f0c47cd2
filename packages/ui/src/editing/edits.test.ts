import type { GraphDocument } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { copyNodes, pasteNodes } from './clipboard.js';
import { freeName, nameForType, nameOf } from './names.js';
import { addNode, changeNode, placeNodes, removeNodes, renameNode, setNodeConfig } from './node-edits.js';
import { connect, endsOf, insertOnWire } from './wire-edits.js';

const HANDS: GraphDocument = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames', config: { stalledAfterMs: 1000, a: 1 } },
    hands: { type: 'mediapipe.hands' },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
  layout: { camera: { x: 0, y: 0 }, hands: { x: 200, y: 100 } },
};

describe('Names', () => {
  it.each([
    ['mediapipe.hands', 'hands'],
    ['core.buffer.latest', 'latest'],
    ['9lives', 'lives'],
    ['Größe der Hand!', 'gro-e-der-Hand'],
    ['', 'node'],
    ['...', 'node'],
  ])('are made of %j', (wish, name) => {
    expect(nameForType(wish) === name || nameOf(wish) === name).toBe(true);
  });

  it('get a number where they are taken, which counts on', () => {
    const taken = new Set(['hands', 'hands-2', 'x'.repeat(64)]);
    expect(freeName('hands', (name) => taken.has(name))).toBe('hands-3');
    expect(freeName('hands-2', (name) => taken.has(name))).toBe('hands-3');
    expect(freeName('x'.repeat(70), (name) => taken.has(name))).toBe(`${'x'.repeat(62)}-2`);
  });
});

describe('Edits', () => {
  it('add a node by a name of its own, on whole numbers', () => {
    const { document, name } = addNode(HANDS, { type: 'mediapipe.hands' }, { x: 10.4, y: -0.4 });
    expect([name, document.layout?.[name]]).toEqual(['hands-2', { x: 10, y: 0 }]);
    expect(HANDS.nodes).not.toHaveProperty('hands-2');
  });

  it('remove nodes with their wires and places', () => {
    expect(removeNodes(HANDS, new Set(['hands']))).toEqual({
      kinegraph: 1,
      nodes: { camera: HANDS.nodes['camera'], out: HANDS.nodes['out'] },
      wires: [],
      layout: { camera: { x: 0, y: 0 } },
    });
  });

  it('rename a node with its wires and its place', () => {
    expect(renameNode(HANDS, 'hands', 'both')).toMatchObject({
      wires: [
        ['camera.frame', 'both.frame'],
        ['both.hands', 'out.in'],
      ],
      layout: { both: { x: 200, y: 100 } },
    });
  });

  it('set values where they stand, and leave out what is as usual', () => {
    const set = setNodeConfig(HANDS, 'camera', 'stalledAfterMs', 500);
    expect(Object.entries(set.nodes['camera']?.config ?? {})).toEqual([
      ['stalledAfterMs', 500],
      ['a', 1],
    ]);
    const bare = setNodeConfig(setNodeConfig(set, 'camera', 'a', undefined), 'camera', 'stalledAfterMs', undefined);
    expect(bare.nodes['camera']).toEqual({ type: 'core.source.frames' });
    expect(changeNode(HANDS, 'hands', { title: undefined, concurrency: 2 }).nodes['hands']).toEqual({
      type: 'mediapipe.hands',
      concurrency: 2,
    });
    expect(placeNodes(HANDS, new Map([['nobody', { x: 1, y: 1 }]]))).toBe(HANDS);
  });

  it('lay a wire to an input in the place of that which was there', () => {
    const wire = { from: { node: 'camera', port: 'frame' }, to: { node: 'out', port: 'in' } };
    expect(connect(HANDS, wire).wires).toEqual([
      ['camera.frame', 'hands.frame'],
      ['camera.frame', 'out.in'],
    ]);
    expect(connect(HANDS, endsOf(['hands.hands', 'out.in']))).toBe(HANDS);
  });

  it('put a buffer on a wire', () => {
    const added = { node: { type: 'core.buffer.latest' }, place: { x: 100, y: 50 }, input: 'in', output: 'out' };
    const { document, name } = insertOnWire(HANDS, endsOf(['camera.frame', 'hands.frame']), added);
    expect(name).toBe('latest');
    expect(document.wires.map((wire) => wire.join(' > ')).sort()).toEqual([
      'camera.frame > latest.in',
      'hands.hands > out.in',
      'latest.out > hands.frame',
    ]);
  });

  it('copy and paste nodes with the wires between them, as a graph that is text', () => {
    const text = copyNodes(HANDS, new Set(['camera', 'hands']));
    expect(JSON.parse(text)).toMatchObject({ kinegraph: 1, wires: [['camera.frame', 'hands.frame']] });
    const pasted = pasteNodes(HANDS, text, { x: 40, y: 60 });
    if ('problems' in pasted) throw new Error('It is a graph.');
    expect([...pasted.names]).toEqual(['camera-2', 'hands-2']);
    expect(pasted.document.wires.at(-1)).toEqual(['camera-2.frame', 'hands-2.frame']);
    expect(pasted.document.layout).toMatchObject({ 'camera-2': { x: 40, y: 60 }, 'hands-2': { x: 240, y: 160 } });
    expect(pasteNodes(HANDS, 'hello', { x: 0, y: 0 })).toMatchObject({ problems: [{ severity: 'error' }] });
  });
});
