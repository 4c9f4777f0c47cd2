import { describe, expect, it } from 'vitest';
import { PAW, codesOf, graph, problemsOf } from '../../../test/support/hands-graph.js';
import { CATALOG, NODE_TYPES } from '../../../test/support/node-types.js';
import { StaticNodeTypeCatalog } from '../catalog.js';
import type { GraphDocument } from '../document.js';
import { resolveGraph } from '../resolve-graph.js';
import type { NodeTypeCatalog } from '../node-type.js';
import { parseGraph } from '../parse.js';
import { validateGraph } from './validate-graph.js';

/** People of a graph, with this configuration, on their way to a sink. */
const people = (config?: Record<string, unknown>, skeletons: GraphDocument['skeletons'] = [PAW]): GraphDocument =>
  graph({
    nodes: {
      hands: undefined,
      people: { type: 'animal.pose', ...(config === undefined ? {} : { config }) },
      newest: { type: 'core.buffer.latest' },
    },
    wires: [
      ['clip.frame', 'people.frame'],
      ['people.people', 'newest.in'],
      ['newest.out', 'out.in'],
    ],
    skeletons: skeletons ?? [],
  });

/** The types on the wires that come from these nodes. */
const typesFrom = (document: GraphDocument): string[] =>
  resolveGraph(document, CATALOG)
    .wires.filter(({ from }) => from.node !== 'clip')
    .map(({ type }) => type);

describe('a port whose skeleton the configuration names', () => {
  it('has the default where the key is left out', () => {
    expect(problemsOf(people())).toEqual([]);
    expect(typesFrom(people())).toEqual(['landmarks/coco-17', 'landmarks/coco-17']);
  });

  it('has what is configured, behind buffers too', () => {
    expect(typesFrom(people({ skeleton: 'hand-21' }))).toEqual(['landmarks/hand-21', 'landmarks/hand-21']);
    expect(typesFrom(people({ skeleton: 'paw-3' }))).toEqual(['landmarks/paw-3', 'landmarks/paw-3']);
  });

  it('is refused where nobody defines the skeleton, at the key', () => {
    const [problem, ...others] = problemsOf(people({ skeleton: 'paw-9' }, []));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'GRAPH_SKELETON_UNKNOWN',
      pointer: '/nodes/people/config/skeleton',
      node: 'people',
    });
    expect(problem?.mend).toContain('define it under "skeletons"');
  });

  it.each(['*', 'mixed', 'constructor', '{skeleton}', 'a b'])('is refused for %j', (skeleton) => {
    expect(codesOf(people({ skeleton }))).toEqual(['GRAPH_SKELETON_UNKNOWN']);
  });

  it('tells a configuration that does not fit once, by its schema', () => {
    expect(codesOf(people({ skeleton: 7 }))).toEqual(['GRAPH_CONFIG_INVALID']);
  });

  it('is refused where the schema does not have the key', () => {
    const keyless = new StaticNodeTypeCatalog(
      NODE_TYPES.map((type) =>
        type.type === 'animal.pose' ? { ...type, configSchema: { type: 'object', properties: {} } } : type,
      ),
    );
    const [problem] = validateGraph(people(), keyless);
    expect(problem).toMatchObject({ code: 'GRAPH_SKELETON_UNKNOWN' });
    expect(problem?.message).toContain('"skeleton" is missing');
  });

  it('fits only inputs of that skeleton', () => {
    const wired = (skeleton: string): GraphDocument => {
      const { nodes } = people({ skeleton });
      return {
        ...people(),
        nodes: { ...nodes, window: { type: 'core.buffer.window' }, sign: { type: 'sign.classifier' } },
        wires: [
          ['clip.frame', 'people.frame'],
          ['people.people', 'window.in'],
          ['window.out', 'sign.window'],
          ['people.people', 'newest.in'],
          ['newest.out', 'out.in'],
        ],
      };
    };
    expect(codesOf(wired('hand-21'))).not.toContain('GRAPH_PORT_TYPES_DIFFER');
    expect(codesOf(wired('paw-3'))).toContain('GRAPH_PORT_TYPES_DIFFER');
  });
});

describe('the skeletons of a graph', () => {
  it('are refused where they are there twice, or where a plugin has one of the id', () => {
    expect(codesOf(graph({ skeletons: [PAW, { ...PAW, title: 'Another' }] }))).toEqual(['GRAPH_SKELETON_DUPLICATE']);
    const catalog: NodeTypeCatalog = {
      get: (type) => CATALOG.get(type),
      list: () => CATALOG.list(),
      hasPlugin: () => true,
      skeletons: () => [PAW],
    };
    const found = validateGraph(graph({ skeletons: [PAW] }), catalog);
    expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['GRAPH_SKELETON_DUPLICATE', '/skeletons/0/id'],
    ]);
  });

  it.each([
    ['a connection past the last point', { connections: [[0, 3]] as [number, number][] }],
    ['the id of several skeletons', { id: 'mixed' }],
  ])('are refused for %s', (_what, fault) => {
    expect(codesOf(graph({ skeletons: [{ ...PAW, ...fault }] }))).toEqual(['GRAPH_SKELETON_INVALID']);
  });

  it.each([
    ['no points', { ...PAW, points: [] }, '/skeletons/0/points'],
    ['an id with a capital', { ...PAW, id: 'Paw' }, '/skeletons/0/id'],
    ['a key that is none', { ...PAW, colour: 'red' }, '/skeletons/0/colour'],
  ])('are read by their schema: %s', (_what, skeleton, pointer) => {
    const { problems } = parseGraph({ kinegraph: 1, nodes: {}, wires: [], skeletons: [skeleton] });
    expect(problems.map((problem) => problem.pointer)).toEqual([pointer]);
  });
});
