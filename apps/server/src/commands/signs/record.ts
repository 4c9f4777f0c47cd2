import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Clock, createRun, parseGraph, resolveGraph, validateGraph } from '@kinegraph/core';
import type { ResolvedGraph } from '@kinegraph/core';
import type { NodeHost } from '@kinegraph/core/node';
import { checkLabel, takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { Take, TakeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { CommandCall } from '../../cli/command.js';
import { EXIT_BAD_USAGE, EXIT_DONE, EXIT_RUN_FAILED } from '../../cli/exit-codes.js';
import { parseDuration } from '../../cli/parse-duration.js';
import { UsageError } from '../../cli/usage-error.js';
import { loadGraphFile } from '../../graph-file.js';
import { problemLines } from '../../output/problem-lines.js';
import { openPlatform } from '../../platform.js';
import { SinkRecorder } from '../../signs/sink-recorder.js';
import { newSet } from './take-folder.js';

const FULL = 'The take is full: one has at most 10 minutes, 20,000 frames and 32 MiB. What came by then is kept.';

/** A graph to record from. */
interface Recording {
  readonly graph: ResolvedGraph;
  readonly folder: string;
  /** What the take says that it is from. */
  readonly source: string;
}

/** `kinegraph signs record LABEL`: one take of each clip, or one of a graph. Takes are kept however poor they are. */
export async function record(call: CommandCall, [text = '']: readonly string[]): Promise<number> {
  const label = checkLabel(text);
  const [set, inputs, graph] = [call.text('set'), call.texts('input'), call.text('graph')];
  const durationMs = parseDuration(call.text('duration'), 'signs');
  if (set === undefined) throw usage('"kinegraph signs record" needs --set DIR, the folder of takes to add to.');
  if ((graph === undefined) === (inputs.length === 0))
    throw usage('"kinegraph signs record" needs either --input CLIP, once or several times, or --graph GRAPH.');
  const store = await newSet(set);
  const missing = inputs.find((input) => statSync(input, { throwIfNoEntry: false })?.isFile() !== true);
  if (missing !== undefined) throw usage(`There is no video "${missing}".`);
  await using platform = await openPlatform({
    plugins: call.texts('plugin'),
    debug: call.flag('debug'),
    console: call.console,
    format: 'none',
  });
  if (graph !== undefined) {
    const file = await loadGraphFile(graph, platform.host);
    for (const line of problemLines(file.problems)) call.console.tell(line);
    if (file.graph === undefined) return EXIT_BAD_USAGE;
    const recording = { graph: file.graph, folder: file.folder, source: graph };
    return (await recordOne(call, platform, store, label, recording, durationMs)) ? EXIT_DONE : EXIT_RUN_FAILED;
  }
  let failed = 0;
  for (const [index, input] of inputs.entries()) {
    if (call.interrupted.aborted) {
      call.console.tell(`Stopped. Not recorded: ${inputs.slice(index).join(', ')}.`);
      return EXIT_RUN_FAILED;
    }
    const recording = { graph: clipGraph(input, platform), folder: dirname(resolve(input)), source: input };
    if (!(await recordOne(call, platform, store, label, recording, durationMs))) failed += 1;
  }
  return failed === 0 ? EXIT_DONE : EXIT_RUN_FAILED;
}

/** Every frame of a clip through MediaPipe's hands, as fast as that goes. */
function clipGraph(input: string, { host }: NodeHost): ResolvedGraph {
  const { document } = parseGraph({
    kinegraph: 1,
    nodes: {
      clip: {
        type: 'media.source.file',
        config: { path: resolve(input), pace: 'as-fast-as-possible', shortSide: 384 },
      },
      hands: { type: 'mediapipe.hands', config: { numHands: 2 } },
      take: { type: 'core.sink.results' },
    },
    wires: [
      ['clip.frame', 'hands.frame'],
      ['hands.hands', 'take.in'],
    ],
  });
  const fault =
    document === undefined
      ? undefined
      : validateGraph(document, host.catalog).find(({ severity }) => severity === 'error');
  if (document === undefined || fault !== undefined)
    throw usage(`Clips cannot be read here: ${fault?.message ?? 'the graph for them is not valid'}`);
  return resolveGraph(document, host.catalog);
}

/** @returns false where it failed or there is no take of it, which has been told; what came before a failure is kept */
async function recordOne(
  call: CommandCall,
  platform: NodeHost,
  store: TakeStore,
  label: string,
  { graph, folder, source }: Recording,
  durationMs: number | undefined,
): Promise<boolean> {
  const { console } = call;
  const recorder = new SinkRecorder({ label, source });
  const run = createRun({ graph, host: platform.host, platform: platform.container, baseFolder: folder });
  run.observe({
    sinkValue: (value) => {
      recorder.push(value);
      if (recorder.isFull) void run.stop();
      console.status(`Recording "${label}": ${recorder.frameCount} frames`);
    },
  });
  const stop = (): void => void run.stop();
  call.interrupted.addEventListener('abort', stop, { once: true });
  if (call.interrupted.aborted) stop();
  let timer: Disposable | undefined;
  let hasFailed = false;
  try {
    await run.start();
    if (durationMs !== undefined) timer = platform.container.get(Clock).schedule(durationMs, stop);
    const { error } = await run.finished;
    if (error !== undefined) throw error;
  } catch (error) {
    // Of several clips the others are still recorded.
    hasFailed = true;
    console.clearStatus();
    if (!call.interrupted.aborted) call.reportError(error);
  } finally {
    timer?.[Symbol.dispose]();
    call.interrupted.removeEventListener('abort', stop);
    console.clearStatus();
  }
  const take = recorder.take();
  if (take === undefined) {
    const reason = hasFailed && !call.interrupted.aborted ? 'this failed' : 'no hand was seen';
    console.tell(`${source}: ${reason}, so there is no take of it.`);
    return false;
  }
  if (recorder.isFull) console.tell(FULL);
  const quality = takeQuality(take);
  await store.add(take);
  await console.print(
    call.flag('json')
      ? JSON.stringify({ label, id: take.id, frames: take.frames.length, quality })
      : line(take, quality),
  );
  return !hasFailed;
}

function line({ label, id, frames }: Take, { verdict, advice, part }: TakeQuality): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  const where = part === undefined ? '' : `, ${part.kind} from ${seconds(part.startMs)} to ${seconds(part.endMs)} s`;
  return `${label}/${id}  ${verdict}: ${frames.length} frames${where}. ${advice}`;
}

function usage(message: string): UsageError {
  return new UsageError(message, { command: 'signs' });
}
