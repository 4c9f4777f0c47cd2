import { formatGraph, parseGraph } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addComment, changeComment, groupNodes, removeComment, renameGroup, ungroup } from './annotations.js';
import { copyNodes, pasteNodes } from './clipboard.js';
import { EditHistory, MOST_EDITS } from './edit-history.js';
import type { KeptHistory } from './edit-history.js';
import { addNode, changeNode, placeNodes, removeNodes, renameNode, setNodeConfig } from './node-edits.js';
import { freeName } from './names.js';
import { connect, disconnect, endsOf, insertOnWire } from './wire-edits.js';

const HANDS: GraphDocument = {
  kinegraph: 1,
  title: 'Hands',
  plugins: { '@kinegraph/plugin-mediapipe': '^0.1.0' },
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest', config: { a: 1, b: [1, 2] } },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'out.in'],
  ],
  layout: { camera: { x: 0, y: 0 }, newest: { x: 200, y: 10 } },
};

/** One thing somebody does, whatever there is at the time: numbers choose among it. */
type Deed = (document: GraphDocument) => GraphDocument;
const pick = <T>(items: readonly T[], choice: number): T | undefined => items[choice % Math.max(1, items.length)];
const number = fc.nat({ max: 1000 });
const plain = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.option(fc.oneof(plain, fc.array(plain), fc.dictionary(fc.constantFrom('x', 'y', 'z'), plain)), {
  nil: undefined,
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(fc.constantFrom('core.buffer.fifo', 'x.y', '__proto__', 'core.sink.null'), number, number).map(
    ([type, x, y]): Deed =>
      (document) =>
        addNode(document, { type }, { x: x / 3, y }).document,
  ),
  fc.array(number, { maxLength: 3 }).map((choices): Deed => (document) => {
    const names = Object.keys(document.nodes);
    return removeNodes(document, new Set(choices.flatMap((choice) => pick(names, choice) ?? [])));
  }),
  fc.tuple(number, fc.constantFrom('a', 'b', 'constructor', 'zz-9')).map(([choice, wish]): Deed => (document) => {
    const name = pick(Object.keys(document.nodes), choice);
    const free = freeName(wish, (candidate) => Object.hasOwn(document.nodes, candidate));
    return name === undefined ? document : renameNode(document, name, free);
  }),
  fc.tuple(number, fc.constantFrom('a', 'b', 'toString'), value).map(
    ([choice, key, value]): Deed =>
      (document) =>
        setNodeConfig(document, pick(Object.keys(document.nodes), choice) ?? '', key, value),
  ),
  fc.tuple(number, fc.option(fc.string(), { nil: undefined })).map(
    ([choice, title]): Deed =>
      (document) =>
        changeNode(document, pick(Object.keys(document.nodes), choice) ?? '', { title }),
  ),
  fc.tuple(number, number, number).map(
    ([choice, x, y]): Deed =>
      (document) =>
        placeNodes(document, new Map([[pick(Object.keys(document.nodes), choice) ?? 'nobody', { x, y }]])),
  ),
  fc.tuple(number, number).map(([one, other]): Deed => (document) => {
    const names = Object.keys(document.nodes);
    const [from, to] = [pick(names, one), pick(names, other)];
    if (from === undefined || to === undefined) return document;
    return connect(document, { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
  }),
  number.map((choice): Deed => (document) => {
    const wire = pick(document.wires, choice);
    return wire === undefined ? document : disconnect(document, endsOf(wire));
  }),
  number.map((choice): Deed => (document) => {
    const wire = pick(document.wires, choice);
    if (wire === undefined) return document;
    const added = { node: { type: 'core.buffer.latest' }, place: { x: 1, y: 2 }, input: 'in', output: 'out' };
    return insertOnWire(document, endsOf(wire), added).document;
  }),
  fc.array(number, { maxLength: 4 }).map((choices): Deed => (document) => {
    const names = Object.keys(document.nodes);
    const comments = pick(Object.keys(document.comments ?? {}), choices.length);
    const text = copyNodes(
      document,
      new Set(choices.flatMap((choice) => pick(names, choice) ?? [])),
      new Set(comments === undefined ? [] : [comments]),
    );
    const pasted = pasteNodes(document, text, { x: 10, y: 10 });
    if ('problems' in pasted) throw new Error(`What was copied cannot be pasted: ${pasted.problems[0]?.message}`);
    return pasted.document;
  }),
  fc.tuple(fc.string(), number, number).map(
    ([text, x, width]): Deed =>
      (document) =>
        addComment(document, { text, x: x / 7, y: -x, width, height: width * 9 }).document,
  ),
  fc.tuple(number, fc.oneof(fc.record({ text: fc.string() }), fc.record({ x: number, height: number }))).map(
    ([choice, to]): Deed =>
      (document) =>
        changeComment(document, pick(Object.keys(document.comments ?? {}), choice) ?? 'none', to),
  ),
  number.map(
    (choice): Deed =>
      (document) =>
        removeComment(document, pick(Object.keys(document.comments ?? {}), choice) ?? 'none'),
  ),
  fc.tuple(fc.array(number, { maxLength: 3 }), fc.string()).map(([choices, title]): Deed => (document) => {
    const names = Object.keys(document.nodes);
    return groupNodes(document, new Set(choices.flatMap((choice) => pick(names, choice) ?? [])), title).document;
  }),
  fc.tuple(number, fc.option(fc.string(), { nil: undefined })).map(([choice, title]): Deed => (document) => {
    const group = pick(Object.keys(document.groups ?? {}), choice) ?? 'none';
    return title === undefined ? ungroup(document, group) : renameGroup(document, group, title);
  }),
);

describe('A history', () => {
  it('takes 50 steps back to the same document byte for byte, and does them again to the same', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 50, maxLength: 50 }), (deeds) => {
        const history = new EditHistory(HANDS);
        const texts = [formatGraph(history.document)];
        for (const [step, act] of deeds.entries()) {
          const before = formatGraph(history.document);
          history.edit(`step ${step}`, act(history.document));
          if (formatGraph(history.document) !== before) texts.push(formatGraph(history.document));
          const members = Object.values(history.document.groups ?? {}).flatMap(({ nodes }) => nodes);
          expect(new Set(members).size, 'each node is in one group at most').toBe(members.length);
          expect(members.filter((name) => !Object.hasOwn(history.document.nodes, name))).toEqual([]);
        }
        expect(parseGraph(texts.at(-1) ?? '').problems, 'what came of it is a graph').toEqual([]);
        for (const text of texts.toReversed().slice(1)) {
          expect(history.undo()).toBeDefined();
          expect(formatGraph(history.document)).toBe(text);
        }
        expect(history.undo()).toBeUndefined();
        expect(formatGraph(history.document)).toBe(formatGraph(HANDS));
        for (const text of texts.slice(1)) {
          expect(history.redo()).toBeDefined();
          expect(formatGraph(history.document)).toBe(text);
        }
        expect(history.redo()).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('goes on where a page was closed', () => {
    const history = new EditHistory(HANDS);
    history.edit('Rename', renameNode(HANDS, 'newest', 'freshest'));
    history.edit('Remove', removeNodes(history.document, new Set(['camera'])));
    history.undo();
    const kept = JSON.parse(JSON.stringify(history.kept)) as KeptHistory;
    const later = new EditHistory(parseGraph(formatGraph(history.document)).document ?? HANDS, kept);
    expect([later.undoable, later.redoable]).toEqual(['Rename', 'Remove']);
    later.redo();
    later.undo();
    later.undo();
    expect(formatGraph(later.document)).toBe(formatGraph(HANDS));
  });

  it('makes one step of what is done in one go, until it is settled', () => {
    const history = new EditHistory(HANDS);
    const drag = (x: number): void =>
      void history.edit('Move', placeNodes(history.document, new Map([['out', { x, y: 0 }]])), 'move out');
    for (const x of [1, 2, 3]) drag(x);
    history.settle();
    drag(4);
    history.undo();
    expect(history.document.layout?.['out']).toEqual({ x: 3, y: 0 });
    history.undo();
    expect(history.document).toEqual(HANDS);
  });

  it('leaves a settled step alone where one behind it has come back to where it began', () => {
    const history = new EditHistory(HANDS);
    const drag = (x: number): void =>
      void history.edit('Move', placeNodes(history.document, new Map([['out', { x, y: 0 }]])), 'move out');
    drag(3);
    history.settle();
    for (const x of [7, 3, 9]) drag(x);
    history.undo();
    expect(history.document.layout?.['out']).toEqual({ x: 3, y: 0 });
  });

  it('forgets a step that has come back to where it began', () => {
    const history = new EditHistory(HANDS);
    for (const x of [5, 0])
      history.edit('Move', placeNodes(history.document, new Map([['camera', { x, y: 0 }]])), 'move');
    expect(history.undoable).toBeUndefined();
  });

  it('has no step for what changes nothing, and lets the oldest go', () => {
    const history = new EditHistory(HANDS);
    history.edit('Nothing', { ...HANDS, wires: HANDS.wires.toReversed() });
    expect(history.undoable).toBeUndefined();
    for (let step = 0; step < MOST_EDITS + 3; step += 1)
      history.edit(`${step}`, { ...history.document, title: `${step}` });
    for (let step = 0; step < MOST_EDITS; step += 1) history.undo();
    expect(history.undoable).toBeUndefined();
    expect(history.document.title).toBe('2');
  });
});
