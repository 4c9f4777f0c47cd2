import { afterAll, expect, it } from 'vitest';
import { DANCE, HANDS, TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';

const folder = new TemporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const run = (...args: string[]): ReturnType<typeof kinegraph> => kinegraph(args, folder.path);

it('tells its commands and version', async () => {
  const help = await run('--help');
  expect(help.code).toBe(0);
  for (const command of [
    'run GRAPH',
    'validate GRAPH',
    'nodes [TYPE]',
    'plugins',
    'models list|verify|pull [ID|URL...]',
  ])
    expect(help.out).toContain(command);
  expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await run('run', '--help')).out).toContain('--set NODE.KEY=VALUE');
});

it.each([
  [[], 'Usage: kinegraph COMMAND'],
  [['fly'], 'There is no command "fly". Commands: serve, run, bench, validate'],
  [['run'], '"kinegraph run" needs GRAPH.'],
  [['run', HANDS, 'more'], 'does not know what to do with "more"'],
  [['run', HANDS, '--fast'], "Unknown option '--fast'"],
  [['run', HANDS, '--format', 'xml'], '--format is "xml"; allowed: ndjson, table.'],
  [['run', HANDS, '--duration', 'soon'], '--duration is "soon"; allowed: a positive number of seconds'],
  [['run', HANDS, '--set', 'numHands=1'], '--set is "numHands=1"; it must look like node.key=value'],
  [
    ['run', HANDS, '--set', 'feet.x=1'],
    '--set names the node "feet", which the graph does not have. Its nodes: clip, hands, newest, results.',
  ],
  [['run', 'nothing.kinegraph.json'], 'The graph nothing.kinegraph.json cannot be read: there is no such file'],
  [['nodes', 'mediapipe.hand'], 'There is no node type "mediapipe.hand". Did you mean "mediapipe.hands"?'],
  [['models', 'eat'], '"kinegraph models" knows list, verify and pull, not "eat".'],
])('answers %j with a sentence and exit code 2', async (args, sentence) => {
  const { code, out, err } = await run(...args);
  expect(code).toBe(2);
  expect(out + err).toContain(sentence);
  expect(err).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

it('accepts the example graphs', async () => {
  for (const graph of [HANDS, DANCE])
    expect(await run('validate', graph)).toMatchObject({ code: 0, out: 'The graph is valid.\n' });
});

it('shows a node type with ports, configuration, ranges and plugin', async () => {
  const { code, out } = await run('nodes', 'mediapipe.hands');
  expect(code).toBe(0);
  for (const part of [
    'landmarks/hand-21',
    'numHands: a whole number from 1 to',
    'default',
    '@kinegraph/plugin-mediapipe',
    'runs in a worker',
    '"type": "mediapipe.hands"',
  ]) {
    expect(out).toContain(part);
  }
});

it('lists node types, plugins and models, also as JSON', async () => {
  const types = JSON.parse((await run('nodes', '--json')).out) as { type: string }[];
  expect(types.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['core.buffer.latest', 'media.source.file', 'mediapipe.pose']),
  );
  const plugins = JSON.parse((await run('plugins', '--json')).out) as { name: string; state: string }[];
  expect(plugins.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '@kinegraph/core active',
    '@kinegraph/plugin-connect listed',
    '@kinegraph/plugin-media listed',
    '@kinegraph/plugin-mediapipe listed',
    '@kinegraph/plugin-sign-classifier listed',
    '@kinegraph/plugin-yolo listed',
  ]);
  const models = JSON.parse((await run('models', 'list', '--json')).out) as { id: string }[];
  expect(models.map(({ id }) => id)).toContain('mediapipe.hands.full');
});

it('verifies models by their sha256 and tells of one that is wrong', async () => {
  expect((await run('models', 'verify')).code).toBe(0);
  const wrong = await run(
    'models',
    'verify',
    '--plugin',
    inRepository('apps/server/test/fixtures/plugin-wrong-checksum'),
  );
  expect(wrong.code).toBe(1);
  expect(wrong.out).toMatch(/wrong\.model +corrupt/);
});

it('leaves a faulty plugin out with all its faults and loads the others', async () => {
  const { code, out } = await run('plugins', '--plugin', inRepository('apps/server/test/fixtures/plugin-faulty'));
  expect(code).toBe(0);
  expect(out).toMatch(/kinegraph-plugin-faulty +1\.0\.0 +refused/);
  for (const fault of ['^9.0.0', 'NoNamespace', 'wizard', './index.js']) expect(out).toContain(fault);
  expect(out).toMatch(/@kinegraph\/plugin-media +\S+ +listed/);
});
