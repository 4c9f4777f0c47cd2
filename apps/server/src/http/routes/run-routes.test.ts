import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { VirtualClock } from '@kinegraph/core/testing';
import express from 'express';
import { expect, it } from 'vitest';
import { rememberCaller } from '../../access/index.js';
import { apiRouter } from '../../api/index.js';
import type { Deployments } from '../../deployments/deployments.js';
import type { RunService } from '../../runs/run-service.js';
import { RunRoutes } from './run-routes.js';

const ADDRESS = 'rtsp://guard:hunter2@camera.example/1';

it('No answer about a run tells a password, not even where an error of a plugin does', async () => {
  const error = { code: 'RUN_NODE_FAILED', message: `The line to ${ADDRESS} dropped.` };
  const live = {
    id: 'live',
    document: { nodes: { camera: { config: { url: ADDRESS } } } },
    run: { snapshot: () => ({ nodes: [{ name: 'camera', lastFault: error }] }) },
    summary: () => ({ id: 'live', error, sources: [{ node: 'camera', connection: { lastError: error } }] }),
  };
  const start = async (): Promise<unknown> => await Promise.resolve(live);
  const runs = { list: () => [live], refused: new Map(), get: () => live, start } as unknown as RunService; // all that is asked
  const deployments = {} as Deployments; // nothing is asked of it
  const meter = { read: () => ({ cpuMs: 0, rssBytes: 0, heapBytes: 0 }) };
  const routes = new RunRoutes(
    runs,
    deployments,
    { workspace: '/' },
    { notReadingSeconds: 30 },
    new VirtualClock(),
    meter,
  );
  const server = express()
    .use((_request, response, next) => {
      rememberCaller(response, { kind: 'anyone', scopes: ['admin'], address: '127.0.0.1' });
      next();
    })
    .use(apiRouter(routes.operations(), { jsonBytes: 10_000, jsonDepth: 8 }))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/runs`;
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"graph":{}}' };
  for (const answer of await Promise.all([fetch(url), fetch(`${url}/live`), fetch(url, post)])) {
    const text = await answer.text();
    expect(text).toContain('camera.example');
    expect(text).not.toContain('hunter2');
  }
  server.close();
});
