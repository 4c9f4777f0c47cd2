import { StaticNodeTypeCatalog, formatGraph, validateGraph, hasErrors } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { EditHistory } from './edit-history.js';
import { pictureSources, sourceChoiceOf, switchSource } from './source-edits.js';
import type { SourceChoice } from './source-edits.js';

function source(type: string, outputs: NodeTypeDescriptor['outputs']): NodeTypeDescriptor {
  const looks = { title: type, plugin: 'test', runsIn: 'main' as const, stateless: true, live: false };
  return { ...looks, type, typeVersion: 1, kind: 'source', inputs: {}, outputs, liveConfig: [], configSchema: {} };
}
const frame = { frame: { type: 'frame' } };
const types: NodeTypeDescriptor[] = [
  source('core.source.frames', frame),
  source('media.source.file', frame),
  source('media.source.camera', { picture: { type: 'frame' } }),
  source('media.source.recording', { left: { type: 'frame' }, right: { type: 'frame' } }),
  source('core.source.landmarks', { landmarks: { type: 'landmarks/hand-21' } }),
  { ...source('test.sink', {}), kind: 'sink', inputs: { in: { type: 'frame' } } },
  { ...source('test.buffer', { out: { type: 'frame' } }), kind: 'buffer', inputs: { in: { type: 'frame' } } },
  { ...source('test.extractor', {}), kind: 'extractor', inputs: frame },
  { ...source('core.transform.decode', frame), kind: 'transform', inputs: frame },
];
const catalog = new StaticNodeTypeCatalog(types);
/** As it is in truth: a recording has one port of frames. */
const wholeCatalog = new StaticNodeTypeCatalog(
  types.map((type) => (type.type === 'media.source.recording' ? { ...type, outputs: frame } : type)),
);
const GRAPH: GraphDocument = {
  kinegraph: 1,
  nodes: {
    clip: { type: 'media.source.file', title: 'Sample', config: { path: 'a.mp4', shortSide: 240, startMs: 7 } },
    hands: { type: 'core.source.landmarks' },
    lost: { type: 'nobody.knows' },
    one: { type: 'test.sink' },
    two: { type: 'test.sink' },
  },
  wires: [
    ['clip.frame', 'one.in'],
    ['clip.frame', 'two.in'],
  ],
  layout: { clip: { x: 10, y: 20 } },
};
const switched = (choice: SourceChoice): GraphDocument => switchSource(GRAPH, 'clip', choice, catalog);

describe('Switching the source of a graph', () => {
  it('finds what brings pictures, and says what it is', () => {
    expect(pictureSources(GRAPH, catalog)).toEqual(['clip']);
    expect(sourceChoiceOf('media.source.file')).toBe('clip');
    expect(sourceChoiceOf('core.source.landmarks')).toBeUndefined();
    expect(sourceChoiceOf(undefined)).toBeUndefined();
  });

  it.each<[SourceChoice, object]>([
    [{ is: 'browser' }, { type: 'core.source.frames', title: 'Sample' }],
    [
      { is: 'clip', path: 'b.mp4' },
      { type: 'media.source.file', title: 'Sample', config: { path: 'b.mp4', loop: true, shortSide: 240 } },
    ],
    [
      { is: 'network', url: 'rtsp://c/1' },
      { type: 'media.source.camera', title: 'Sample', config: { url: 'rtsp://c/1', shortSide: 240 } },
    ],
    [
      { is: 'recording', path: 'recordings/hall' },
      { type: 'media.source.recording', title: 'Sample', config: { path: 'recordings/hall' } },
    ],
  ])('to %j keeps name, title and place', (choice, node) => {
    const after = switched(choice);
    expect(after.nodes['clip']).toEqual(node);
    expect(after.layout).toEqual(GRAPH.layout);
    expect(sourceChoiceOf(after.nodes['clip']?.type)).toBe(choice.is);
    const { clip: _clip, ...others } = after.nodes;
    const { clip: _before, ...same } = GRAPH.nodes;
    expect(others).toEqual(same);
  });

  it('keeps wires, leads them to the only port there is, and lays none where nobody can know to which', () => {
    expect(switched({ is: 'browser' }).wires).toEqual(GRAPH.wires);
    expect(switched({ is: 'network', url: 'rtsp://c' }).wires).toEqual([
      ['clip.picture', 'one.in'],
      ['clip.picture', 'two.in'],
    ]);
    expect(switched({ is: 'recording', path: 'r' }).wires).toEqual([]);
    expect(switched({ is: 'network', url: 'rtsp://c' }).nodes['lost']).toEqual(GRAPH.nodes['lost']);
    const { lost: _lost, ...known } = switched({ is: 'browser' }).nodes;
    expect(hasErrors(validateGraph({ ...switched({ is: 'browser' }), nodes: known }, catalog))).toBe(false);
  });

  it('leaves a graph alone that has no such node, and a plugin that is not there keeps the wires', () => {
    expect(switchSource(GRAPH, 'nobody', { is: 'browser' }, catalog)).toBe(GRAPH);
    const empty = new StaticNodeTypeCatalog([]);
    expect(switchSource(GRAPH, 'clip', { is: 'network', url: 'x' }, empty).wires).toEqual(GRAPH.wires);
  });

  it('decodes pictures that come encoded before what looks at pixels, once, and leaves the rest alone', () => {
    const looking: GraphDocument = {
      kinegraph: 1,
      nodes: {
        clip: { type: 'media.source.file' },
        hands: { type: 'test.extractor' },
        newest: { type: 'test.buffer' },
        out: { type: 'test.sink' },
        pose: { type: 'test.extractor' },
      },
      wires: [
        ['clip.frame', 'newest.in'],
        ['clip.frame', 'out.in'],
        ['newest.out', 'hands.frame'],
        ['newest.out', 'pose.frame'],
      ],
    };
    const own = switchSource(looking, 'clip', { is: 'browser' }, catalog);
    expect(own.nodes['decode']).toEqual({ type: 'core.transform.decode' });
    expect(own.wires.map(String).toSorted()).toEqual([
      'clip.frame,newest.in',
      'clip.frame,out.in',
      'decode.frame,hands.frame',
      'decode.frame,pose.frame',
      'newest.out,decode.frame',
    ]);
    const again = switchSource(own, 'clip', { is: 'recording', path: 'r' }, wholeCatalog);
    expect(Object.keys(again.nodes)).toHaveLength(6);
    expect(switchSource(own, 'clip', { is: 'clip', path: 'b.mp4' }, catalog).wires).toEqual(own.wires);
  });

  it('is taken back byte for byte', () => {
    const history = new EditHistory(GRAPH);
    for (const choice of [{ is: 'recording', path: 'r' }, { is: 'browser' }] as const)
      history.edit('switch', switchSource(history.document, 'clip', choice, catalog));
    history.undo();
    history.undo();
    expect(formatGraph(history.document)).toBe(formatGraph(GRAPH));
  });
});
