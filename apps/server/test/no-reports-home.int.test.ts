import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TemporaryFolder, inRepository, start } from './support/kinegraph.js';

const SIGNS = inRepository('examples/graphs/signs.kinegraph.json');

/** What onnxruntime does on its own: it collects events of its use in a database, and sends them to its maker. */
it('onnxruntime, in a worker of a run, collects nothing to send to its maker', async () => {
  using own = new TemporaryFolder();
  using home = new TemporaryFolder();
  // Where the runtime would keep what it has not sent yet.
  const env = { HOME: home.path, XDG_CACHE_HOME: home.path, TMPDIR: own.path };
  const run = start(['run', SIGNS], own.path, env);
  await run.lines(3);
  run.child.kill('SIGINT');
  expect((await run.finished).code).toBe(0);
  expect(readdirSync(home.path)).toEqual([]);
});
