import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph, type RunOutcome, type RunSnapshot } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { describePluginContract, memoryPlugin, sourceOf } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { schemas } from '../src/schemas.js';
import { TestBroker } from './support/broker.js';
import { TestReceiver } from './support/receiver.js';

const folder = fileURLToPath(new URL('..', import.meta.url));
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describePluginContract({ folder, schemas });

/** A plugin that brings a source of `count` numbers. */
function counting(count: number): ReturnType<typeof memoryPlugin> {
  const items = range(count).map((sequence) => ({ sequence, timestampMs: sequence, capturedAtMs: sequence }));
  return memoryPlugin({
    packageJson: {
      contributes: {
        nodes: [
          {
            type: 'test.source.count',
            typeVersion: 1,
            kind: 'source',
            title: 'Count',
            inputs: {},
            outputs: { out: { type: 'any' } },
          },
        ],
      },
    },
    module: { activate: (context) => context.nodes.register('test.source.count', sourceOf(items, 1)) },
  });
}

/** Runs a source into both sinks, from the start to its end. */
async function run(settings: object, networkAllow: readonly string[], count = 120) {
  await using platform = createNodeHost({
    networkAllow,
    pluginConfiguration: { '@kinegraph/plugin-connect': { ...settings } },
  });
  await addPlugins(platform.host, [folder], { from: folder });
  platform.host.add(await counting(count));
  const nodes = {
    clip: { type: 'test.source.count' },
    hall: { type: 'connect.sink.mqtt', config: { connection: 'hall', topic: 'r/{source}' } },
    crm: { type: 'connect.sink.webhook', config: { webhook: 'crm', batchMs: 10 } },
  };
  const wires = [
    ['clip.out', 'hall.in'],
    ['clip.out', 'crm.in'],
  ];
  const { document } = parseGraph(JSON.stringify({ kinegraph: 1, nodes, wires }));
  if (document === undefined) throw new Error('the graph of the test is no graph');
  const graph = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: folder,
  });
  let startError: unknown;
  await graph.start().catch((error: unknown) => (startError = error));
  const outcome: RunOutcome = await graph.finished;
  const snapshot: RunSnapshot = graph.snapshot();
  return { outcome, startError, node: (name: string) => snapshot.nodes.find((node) => node.name === name) };
}

describe('a graph', () => {
  it('sends all its results to a broker and to a webhook', async () => {
    await using broker = await TestBroker.start();
    await using receiver = await TestReceiver.start();
    const settings = { connections: { hall: { url: broker.url } }, webhooks: { crm: { url: receiver.url } } };
    const { outcome, node } = await run(settings, ['127.0.0.1']);
    expect([outcome.result, outcome.shutdownFailures]).toEqual(['completed', []]);
    expect([broker.sequences, receiver.sequences]).toEqual([range(120), range(120)]);
    expect(broker.published[5]).toMatchObject({
      topic: 'r/clip',
      message: { sink: 'hall', source: 'clip', sequence: 5 },
    });
    for (const name of ['hall', 'crm'])
      expect(node(name)).toMatchObject({ in: 120, failed: 0, dropped: {}, connection: { state: 'live' } });
  });

  it('runs all the same where nobody takes its results, and tells how many were lost', async () => {
    const broker = await TestBroker.start();
    const { url } = broker;
    await broker.kill();
    const settings = { connections: { hall: { url } }, webhooks: { crm: { url: url.replace('mqtt', 'http') } } };
    const { outcome, node } = await run(settings, ['127.0.0.1'], 30);
    expect([outcome.result, outcome.shutdownFailures]).toEqual(['completed', []]);
    for (const name of ['hall', 'crm'])
      expect(node(name)).toMatchObject({
        in: 30,
        failed: 0,
        dropped: { 'not-delivered': 30 },
        connection: { lastError: { code: 'CONNECT_UNREACHABLE' } },
      });
  });

  it('does not start with an address that the operator does not allow, or with settings that are none', async () => {
    const webhooks = { crm: { url: 'http://127.0.0.1:9/' } };
    const refused = await run({ connections: { hall: { url: 'mqtt://10.0.0.1' } }, webhooks }, ['127.0.0.1']);
    expect(refused.startError).toMatchObject({ cause: { code: 'CORE_NETWORK_NOT_ALLOWED' } });
    const broken = await run({ connections: { hall: { url: 'ftp://secret-host/', password: 'hunter2' } } }, []);
    expect(JSON.stringify(broken.outcome)).not.toMatch(/hunter2|secret-host/);
    expect(broken.outcome.result).toBe('failed');
  });
});
