import { resolve } from 'node:path';
import { Clock, createRun } from '@kinegraph/core';
import type { Run } from '@kinegraph/core';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_BAD_USAGE, EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { parseDuration } from '../cli/parse-duration.js';
import { applyInput, applySettings } from '../graph-edits.js';
import { loadGraphFile } from '../graph-file.js';
import { problemLines } from '../output/problem-lines.js';
import { statusLine, summaryLines, throughputOf } from '../output/run-report.js';
import { openTrace } from '../trace-option.js';
import { openPlatform } from '../platform.js';

/** How often the status line is drawn. */
const STATUS_EVERY_MS = 250;

/** Runs a graph until its sources end, the time is over, or Ctrl-C. */
export const runCommand: Command = {
  name: 'run',
  summary: 'Run a graph document and print its results.',
  positionals: ['GRAPH'],
  options: {
    input: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      description: 'Read this file or folder instead of what the graph names.',
    },
    set: {
      type: 'string',
      multiple: true,
      value: 'NODE.KEY=VALUE',
      description: 'Change a configuration value; may be repeated.',
    },
    duration: { type: 'string', short: 'd', value: 'SECONDS', description: 'Stop after this many seconds.' },
    format: {
      type: 'string',
      short: 'f',
      choices: ['ndjson', 'table'],
      value: 'ndjson|table',
      description: 'How results are printed. Default: table on a terminal, else ndjson.',
    },
    exact: {
      type: 'boolean',
      description: 'Drop nothing at buffers, so that a replay gives the same results each time.',
    },
    trace: {
      type: 'string',
      value: 'FILE',
      description: 'Record each step of each packet, to be opened in Perfetto.',
    },
    quiet: { type: 'boolean', short: 'q', description: 'No status line and no summary.' },
  },
  async run(call: CommandCall): Promise<number> {
    const durationMs = parseDuration(call.text('duration'), 'run');
    const format =
      call.text('format') === 'table' || (call.text('format') === undefined && call.console.isOutTerminal)
        ? 'table'
        : 'ndjson';
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
      format,
    });
    const file = await loadGraphFile(call.positionals[0] ?? '', platform.host, (document) => {
      const input = call.text('input');
      if (input !== undefined) applyInput(document, resolve(input), platform.host.catalog);
      applySettings(document, call.texts('set'));
    });
    for (const line of problemLines(file.problems)) call.console.tell(line);
    if (file.graph === undefined) return EXIT_BAD_USAGE;
    await using trace = openTrace(call);
    const run = createRun({
      graph: file.graph,
      host: platform.host,
      platform: platform.container,
      baseFolder: file.folder,
      admission: call.flag('exact') ? 'lossless' : 'live',
      ...trace.of(call.positionals[0] ?? ''),
    });
    return await follow(run, call, platform.container.get(Clock), durationMs);
  },
};

async function follow(run: Run, call: CommandCall, clock: Clock, durationMs: number | undefined): Promise<number> {
  const { console } = call;
  const onInterrupt = (): void => {
    if (!console.isOutClosed) console.tell('Stopping. Press Ctrl-C again to end at once.');
    void run.stop(console.isOutClosed ? 'drop' : 'drain');
  };
  call.interrupted.addEventListener('abort', onInterrupt, { once: true });
  if (call.interrupted.aborted) onInterrupt();
  const status = call.flag('quiet') ? undefined : setInterval(statusTicker(run, call), STATUS_EVERY_MS);
  let timer: Disposable | undefined;
  try {
    await run.start();
    if (durationMs !== undefined) timer = clock.schedule(durationMs, () => void run.stop());
    const outcome = await run.finished;
    console.clearStatus();
    if (!call.flag('quiet')) for (const line of summaryLines(outcome)) console.tell(line);
    if (outcome.error !== undefined) throw outcome.error;
    return EXIT_DONE;
  } catch (error) {
    console.clearStatus();
    const interruptedWhileOpening = call.interrupted.aborted && run.snapshot().elapsedMs === 0;
    if (interruptedWhileOpening) return EXIT_DONE;
    call.reportError(error);
    return EXIT_RUN_FAILED;
  } finally {
    clearInterval(status);
    timer?.[Symbol.dispose]();
    call.interrupted.removeEventListener('abort', onInterrupt);
  }
}

/** Draws the status line; the rate is that of the last two seconds. */
function statusTicker(run: Run, call: CommandCall): () => void {
  const history: { readonly atMs: number; readonly results: number }[] = [];
  return () => {
    const snapshot = run.snapshot();
    const now = { atMs: snapshot.elapsedMs, results: throughputOf(snapshot).results };
    history.push(now);
    while (history.length > 2000 / STATUS_EVERY_MS) history.shift();
    const first = history[0] ?? now;
    const spanMs = now.atMs - first.atMs;
    call.console.status(
      snapshot.state === 'opening'
        ? 'Opening the nodes ...'
        : statusLine(snapshot, spanMs > 0 ? ((now.results - first.results) * 1000) / spanMs : 0),
    );
  };
}
