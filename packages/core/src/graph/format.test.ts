import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraphDocument, shuffledKeys } from '../../test/support/graph-arbitraries.js';
import type { GraphDocument } from './document.js';
import { formatGraph } from './format.js';
import { parseGraph } from './parse.js';

describe('formatGraph', () => {
  it('writes skeletons before the nodes, by id, their fields in a fixed order', () => {
    const text = formatGraph({
      kinegraph: 1,
      nodes: {},
      wires: [],
      skeletons: [
        { connections: [[0, 1]], points: ['pad', 'toe'], title: 'Paw', id: 'paw-2' },
        { id: 'dot-1', title: 'Dot', points: ['dot'], connections: [] },
      ],
    });
    expect(text).toBe(`{
  "kinegraph": 1,
  "skeletons": [
    {
      "id": "dot-1",
      "title": "Dot",
      "points": ["dot"],
      "connections": []
    },
    {
      "id": "paw-2",
      "title": "Paw",
      "points": ["pad", "toe"],
      "connections": [
        [0, 1]
      ]
    }
  ],
  "nodes": {},
  "wires": []
}
`);
  });

  it('writes fields in a fixed order, nodes by name, one wire to a line', () => {
    const text = formatGraph({
      layout: { out: { x: 10, y: -2.5 }, clip: { x: 0, y: 0 } },
      wires: [
        ['hands.hands', 'out.in'],
        ['clip.frame', 'hands.frame'],
      ],
      nodes: {
        out: { type: 'core.sink.ndjson' },
        hands: {
          config: { numHands: 2, classes: ['a', 'b'], inner: { z: null, a: [{ b: 1 }] } },
          type: 'mediapipe.hands',
        },
        clip: { type: 'media.source.file', config: {} },
      },
      plugins: { '@kinegraph/plugin-mediapipe': '^0.1.0', '@kinegraph/plugin-media': '*' },
      title: 'Hands "here"',
      kinegraph: 1,
    });
    expect(text).toBe(`{
  "kinegraph": 1,
  "title": "Hands \\"here\\"",
  "plugins": {
    "@kinegraph/plugin-media": "*",
    "@kinegraph/plugin-mediapipe": "^0.1.0"
  },
  "nodes": {
    "clip": {
      "type": "media.source.file",
      "config": {}
    },
    "hands": {
      "type": "mediapipe.hands",
      "config": {
        "numHands": 2,
        "classes": ["a", "b"],
        "inner": {
          "z": null,
          "a": [
            {
              "b": 1
            }
          ]
        }
      }
    },
    "out": {
      "type": "core.sink.ndjson"
    }
  },
  "wires": [
    ["clip.frame", "hands.frame"],
    ["hands.hands", "out.in"]
  ],
  "layout": {
    "clip": { "x": 0, "y": 0 },
    "out": { "x": 10, "y": -2.5 }
  }
}
`);
  });

  it('writes comments and groups behind the layout, each by name, the nodes of a group sorted', () => {
    const text = formatGraph({
      groups: { eyes: { nodes: ['hands', 'clip'], title: 'Eyes' } },
      comments: {
        why: { height: 80, width: 160, y: 1, x: -8, text: 'Two lines\nof text' },
        also: { text: '', x: 0, y: 0, width: 16, height: 16 },
      },
      kinegraph: 1,
      nodes: {},
      wires: [],
    });
    expect(text).toBe(`{
  "kinegraph": 1,
  "nodes": {},
  "wires": [],
  "comments": {
    "also": {
      "text": "",
      "x": 0,
      "y": 0,
      "width": 16,
      "height": 16
    },
    "why": {
      "text": "Two lines\\nof text",
      "x": -8,
      "y": 1,
      "width": 160,
      "height": 80
    }
  },
  "groups": {
    "eyes": {
      "title": "Eyes",
      "nodes": ["clip", "hands"]
    }
  }
}
`);
  });

  it('breaks lists of plain values that would make a line too long', () => {
    const long = Array.from({ length: 60 }, (_, index) => index);
    const text = formatGraph({ kinegraph: 1, nodes: { a: { type: 'x', config: { long } } }, wires: [] });
    expect(text).toContain('        "long": [\n          0,\n');
  });

  it('is read back as the same document, and written again as the same text', () => {
    fc.assert(
      fc.property(anyGraphDocument, (document) => {
        const text = formatGraph(document);
        const read = parseGraph(text);
        expect(read.problems).toEqual([]);
        const unsorted = { wires: undefined, skeletons: undefined, groups: undefined };
        expect({ ...read.document, ...unsorted }).toEqual({ ...document, ...unsorted });
        expect(read.document?.skeletons).toEqual(document.skeletons?.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
        expect(read.document?.groups).toEqual(sortedMembers(document.groups));
        expect(read.document?.wires).toEqual([...document.wires].sort(compareWires));
        expect(read.document && formatGraph(read.document)).toBe(text);
      }),
    );
  });

  it('gives documents of equal meaning the same text', () => {
    fc.assert(
      fc.property(anyGraphDocument, fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }), (document, order) => {
        const { plugins, skeletons, layout, comments, groups } = document;
        const nodes = Object.entries(document.nodes).map(([name, node]) => [name, shuffledKeys(node, order)] as const);
        const other = shuffledKeys(
          {
            ...document,
            nodes: shuffledKeys(Object.fromEntries(nodes), order),
            wires: [...document.wires].reverse(),
            ...(plugins === undefined ? {} : { plugins: shuffledKeys(plugins, order) }),
            ...(skeletons === undefined ? {} : { skeletons: skeletons.toReversed() }),
            ...(layout === undefined ? {} : { layout: shuffledKeys(layout, order) }),
            ...(comments === undefined ? {} : { comments: shuffledKeys(comments, order) }),
            ...(groups === undefined ? {} : { groups: shuffledKeys(turned(groups), order) }),
          },
          order,
        );
        expect(formatGraph(other)).toBe(formatGraph(document));
      }),
    );
  });

  it('leaves what is inside a configuration as it is: values, and the order of keys', () => {
    const config = '{"b":1,"a":{"d":[1,[2]],"c":-0.5e-7},"":null}';
    const { document } = parseGraph(`{"kinegraph":1,"nodes":{"x":{"type":"gone.node","config":${config}}},"wires":[]}`);
    const again = parseGraph(document && formatGraph(document)).document;
    expect(JSON.stringify(again?.nodes['x']?.config)).toBe(JSON.stringify(JSON.parse(config)));
  });
});

function compareWires([fromA, toA]: readonly string[], [fromB, toB]: readonly string[]): number {
  const [a, b] = [JSON.stringify([fromA, toA]), JSON.stringify([fromB, toB])];
  return a < b ? -1 : Number(a > b);
}

type Groups = NonNullable<GraphDocument['groups']>;

function turned(groups: Groups): Groups {
  return Object.fromEntries(
    Object.entries(groups).map(([name, { title, nodes }]) => [name, { nodes: nodes.toReversed(), title }]),
  );
}

function sortedMembers(groups: Groups | undefined): Groups | undefined {
  if (groups === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, { ...group, nodes: group.nodes.toSorted() }]),
  );
}
