// Embeds the runtime: runs the graph of examples/plugin-hello on a clip and changes it while it runs.
// Build the workspace first, then: node examples/embed/main.mjs
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, errorCode, parseGraph, resolveGraph, toDocument } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';

const here = path.dirname(fileURLToPath(import.meta.url));
const homeFolder = await mkdtemp(path.join(tmpdir(), 'kinegraph-embed-'));

// The host has the services of this platform and the plugins. Its end comes last.
const platform = createNodeHost({ homeFolder });
await addPlugins(platform.host, ['@kinegraph/plugin-media', 'kinegraph-plugin-hello'], { from: here });

// The document, with the results sent here instead of to a file.
const baseFolder = path.join(here, '../plugin-hello/graphs');
const { document } = parseGraph(await readFile(path.join(baseFolder, 'hello.kinegraph.json'), 'utf8'));
document.nodes.results = { type: 'core.sink.callback' };

const events = new EventEmitter();
let results = 0;
const run = createRun({
  graph: resolveGraph(document, platform.host.catalog),
  host: platform.host,
  platform: platform.container,
  baseFolder,
  callbacks: {
    results({ brightness, dark }) {
      results += 1;
      console.log(`result ${results}: brightness ${brightness.toFixed(2)}${dark ? ', dark' : ''}`);
      if (results !== 10 && results !== 20) return;
      run.pause(); // the file waits; what is behind it is finished
      events.emit('paused');
    },
    frames() {}, // of a sink that comes later
  },
});

let paused = once(events, 'paused');
await run.start();
await paused;

// A live key: the node goes on with it.
console.log(`darkBelow taken over live: ${await run.set('brightness', 'darkBelow', 0.95)}`);
// What does not fit its schema is refused with a sentence, and the node goes on as it was.
await run.set('brightness', 'darkBelow', 7).catch((error) => console.log(`${errorCode(error)}: ${error.message}`));
paused = once(events, 'paused');
run.resume();
await paused;

// Any other key: a new node is open before the old one is closed; no packet is lost.
console.log(`stepPx taken over live: ${await run.set('brightness', 'stepPx', 32)}`);

// Another graph: one more sink, which looks on. The clip stays open, and nobody else notices.
const edited = toDocument(run.graph);
edited.nodes.frames = { type: 'core.sink.callback' };
edited.wires.push(['clip.frame', 'frames.in']);
const { added, restarted } = await run.apply(edited);
console.log(`applied: added ${added.join(', ')}, restarted ${restarted.length}`);
run.resume();

const { result, snapshot } = await run.finished;
console.log(`run ${result}`);
for (const { name, in: taken, out, failed } of snapshot.nodes)
  console.log(`${name}: ${taken} in, ${out} out, ${failed} failed`);
await platform[Symbol.asyncDispose]();
await rm(homeFolder, { recursive: true });
