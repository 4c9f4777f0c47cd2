import { describe, expect, it } from 'vitest';
import { memoryPlugin } from '../../testing/index.js';
import type { ResolvedPlugin } from '../plugin-source.js';

const CONFIG = {
  type: 'object',
  properties: { radius: { type: 'number', default: 2 } },
  additionalProperties: false,
};

async function resolve(files: Record<string, string>, extra: Record<string, unknown> = {}): Promise<ResolvedPlugin> {
  const node = {
    type: 'acme.blur',
    kind: 'transform',
    title: 'Blur',
    inputs: { in: { type: 'frame', optional: true } },
    outputs: { out: { type: '$in' } },
    config: './schemas/blur.json',
    liveConfig: ['radius'],
    docs: './docs/blur.md',
  };
  const contributes = { nodes: [node], skeletons: ['./paw.json'], graphs: [{ file: './graphs/a b.json', title: 'A' }] };
  const { plugin } = await memoryPlugin({ packageJson: { name: 'acme', contributes, ...extra }, files });
  return plugin;
}

const GOOD = {
  './schemas/blur.json': JSON.stringify(CONFIG),
  './docs/blur.md': '# Blur\n',
  './paw.json': JSON.stringify({ id: 'paw-2', title: 'Paw', points: ['a', 'b'], connections: [[0, 1]] }),
  './graphs/a b.json': '{}',
};

describe('a skeleton that the configuration names', () => {
  const people = async (config: unknown, liveConfig: string[] = []): Promise<ResolvedPlugin> => {
    const node = {
      type: 'acme.people',
      kind: 'extractor',
      title: 'People',
      inputs: { in: { type: 'frame' } },
      outputs: { out: { type: 'window<landmarks/{skeleton}>' } },
      ...(config === undefined ? {} : { config: './config.json' }),
      liveConfig,
    };
    const files = config === undefined ? {} : { './config.json': JSON.stringify(config) };
    const { plugin } = await memoryPlugin({ packageJson: { name: 'acme', contributes: { nodes: [node] } }, files });
    return plugin;
  };
  const withKey = (skeleton: unknown, more: object = {}): unknown => ({
    type: 'object',
    properties: { skeleton },
    ...more,
  });

  it('is known where its key has a default or is required', async () => {
    expect((await people(withKey({ type: 'string', default: 'coco-17' }))).problems).toEqual([]);
    expect((await people(withKey({ type: 'string' }, { required: ['skeleton'] }))).problems).toEqual([]);
  });

  it.each<[what: string, config: unknown, live: string[], message: RegExp]>([
    ['no configuration', undefined, [], /has no key "skeleton"; known are none/],
    ['another key', { type: 'object', properties: { bones: {} } }, [], /has no key "skeleton"; known are bones/],
    ['a number', withKey({ type: 'integer', default: 1 }), [], /must be a text/],
    ['a key to leave out', withKey({ type: 'string' }), [], /may be left out and has no default/],
    ['a live key', withKey({ type: 'string', default: 'a' }), ['skeleton'], /is in liveConfig/],
  ])('is refused for %s', async (_what, config, live, message) => {
    const { problems } = await people(config, live);
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['PLUGIN_NODE_INVALID', '/contributes/nodes/0/outputs/out/type'],
    ]);
    expect(problems[0]?.message).toMatch(message);
  });
});

describe('resolvePlugin', () => {
  it('reads every file that the manifest names', async () => {
    const plugin = await resolve(GOOD);
    expect(plugin.problems).toEqual([]);
    expect(plugin.nodeTypes[0]).toEqual({
      type: 'acme.blur',
      typeVersion: 1,
      kind: 'transform',
      title: 'Blur',
      plugin: 'acme',
      runsIn: 'main',
      native: false,
      stateless: false,
      live: false,
      inputs: { in: { type: 'frame', optional: true } },
      outputs: { out: { type: '$in' } },
      configSchema: CONFIG,
      liveConfig: ['radius'],
      docs: '# Blur\n',
    });
    expect(plugin.skeletons).toEqual([{ id: 'paw-2', title: 'Paw', points: ['a', 'b'], connections: [[0, 1]] }]);
    expect(plugin.graphs).toEqual([
      { file: './graphs/a b.json', title: 'A', url: 'memory:///plugin/graphs/a%20b.json' },
    ]);
    expect(plugin.entryUrl).toBe('memory:///plugin/index.js');
    expect(structuredClone(plugin)).toEqual(plugin);
  });

  it('reports all missing files at once, and an entry that was not built', async () => {
    const { problems } = await resolve({}, { main: './dist/node.js' });
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`).toSorted()).toEqual([
      'PLUGIN_FILE_MISSING /contributes/graphs/0/file',
      'PLUGIN_FILE_MISSING /contributes/nodes/0/config',
      'PLUGIN_FILE_MISSING /contributes/nodes/0/docs',
      'PLUGIN_FILE_MISSING /contributes/skeletons/0',
      'PLUGIN_NOT_BUILT /main',
    ]);
    expect(problems.at(-1)?.mend).toContain('npm run build');
  });

  it.each([
    ['a schema that is not JSON', './schemas/blur.json', '{', /"\.\/schemas\/blur\.json" is not JSON/],
    [
      'a schema of no object',
      './schemas/blur.json',
      '{"type":"string"}',
      /must be a JSON Schema with "type": "object"/,
    ],
    ['a schema that cannot be used', './schemas/blur.json', '{"type":"object","not":{"const":1}}', /cannot be used/],
    [
      'a live key without a property',
      './schemas/blur.json',
      '{"type":"object"}',
      /liveConfig .* has "radius", which its configuration does not/,
    ],
    [
      'a skeleton with a bone past its end',
      './paw.json',
      GOOD['./paw.json'].replace('[[0,1]]', '[[0,2]]'),
      /leads past the last point/,
    ],
    [
      'a skeleton with a point twice',
      './paw.json',
      GOOD['./paw.json'].replace('"b"', '"a"'),
      /the point "a" is listed twice/,
    ],
    ['a skeleton without points', './paw.json', '{"id":"paw","title":"Paw","connections":[]}', /points is missing/],
    ['a graph that is not JSON', './graphs/a b.json', 'nodes:', /is not JSON/],
  ])('refuses %s', async (_what, file, text, message) => {
    const { problems } = await resolve({ ...GOOD, [file]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
  });
});
