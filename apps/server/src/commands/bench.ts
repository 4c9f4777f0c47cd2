import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PathResolverFactory, measureGraph, measureInTurn } from '@kinegraph/core';
import type { HandTruth } from '@kinegraph/core';
import type { NodeHost } from '@kinegraph/core/node';
import { truthBeside } from '../benchmarks/truth-beside.js';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_BAD_USAGE, EXIT_DONE } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { applyInput, applyPace, applySettings, settingsFor } from '../graph-edits.js';
import { loadGraphFile } from '../graph-file.js';
import type { GraphFile } from '../graph-file.js';
import { benchLines, plainBench } from '../output/bench-report.js';
import type { BenchedGraph } from '../output/bench-report.js';
import { problemLines } from '../output/problem-lines.js';
import { openTrace } from '../trace-option.js';
import { openPlatform } from '../platform.js';

const DEFAULT_SECONDS = 10;

/** Measures graphs, several of them in turn. */
export const benchCommand: Command = {
  name: 'bench',
  summary: 'Measure graphs: throughput, ages, drops, processor time, memory, accuracy.',
  positionals: ['GRAPH...'],
  options: {
    input: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      description: 'Read this file or folder instead of what the graphs name.',
    },
    set: {
      type: 'string',
      multiple: true,
      value: 'NODE.KEY=VALUE',
      description: 'Change a configuration value of every graph; may be repeated.',
    },
    pace: {
      type: 'string',
      choices: ['realtime', 'as-fast-as-possible'],
      value: 'realtime|as-fast-as-possible',
      description: 'How sources bring their frames. Default: as each graph says.',
    },
    seconds: {
      type: 'string',
      short: 's',
      value: 'N',
      description: `Seconds each run lasts at most. Default: ${DEFAULT_SECONDS}.`,
    },
    repeat: { type: 'string', short: 'r', value: 'N', description: 'Runs of each graph, in turn. Default: 1.' },
    trace: {
      type: 'string',
      value: 'FILE',
      description: 'Record each step of each packet, to be opened in Perfetto.',
    },
    json: { type: 'boolean', description: 'Print every figure of every run as JSON.' },
  },
  async run(call: CommandCall): Promise<number> {
    const durationMs = positive(call, 'seconds', DEFAULT_SECONDS) * 1000;
    const repeat = positive(call, 'repeat', 1);
    if (!Number.isInteger(repeat))
      throw new UsageError(`--repeat is ${repeat}; allowed: a whole number from 1.`, { command: 'bench' });
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
      format: 'none',
    });
    const subjects: Subject[] = [];
    const unused = new Set(call.texts('set'));
    let isValid = true;
    for (const path of call.positionals) {
      const subject = await loadSubject(path, call, platform, (setting) => unused.delete(setting));
      for (const line of problemLines(subject.file.problems)) call.console.tell(line);
      isValid &&= subject.file.graph !== undefined;
      subjects.push(subject);
    }
    const [setting] = unused;
    if (setting !== undefined)
      throw new UsageError(`--set is "${setting}", but none of the graphs has a node of that name.`, {
        command: 'bench',
      });
    if (!isValid) return EXIT_BAD_USAGE;
    await using trace = openTrace(call);
    const measured = await measureInTurn(
      subjects,
      repeat,
      async ({ path, file, truth }, round) => {
        call.console.tell(`Measuring ${path}, run ${round + 1} of ${repeat} ...`);
        if (file.graph === undefined) throw new TypeError('A graph with problems was measured.');
        return await measureGraph({
          graph: file.graph,
          host: platform.host,
          platform: platform.container,
          baseFolder: file.folder,
          durationMs,
          signal: call.interrupted,
          ...trace.of(repeat === 1 ? path : `${path}, run ${round + 1}`),
          ...(truth === undefined ? {} : { truth }),
        });
      },
      call.interrupted,
    );
    const benched: BenchedGraph[] = subjects.map(({ path }, index) => ({ graph: path, runs: measured[index] ?? [] }));
    const lines = call.flag('json')
      ? [JSON.stringify(plainBench(benched), null, 2)]
      : benchLines(benched, {
          cores: availableParallelism(),
          mayMultiply: (type) => platform.host.catalog.get(type)?.stateless ?? false,
        });
    for (const line of lines) await call.console.print(line);
    return EXIT_DONE;
  },
};

interface Subject {
  readonly path: string;
  readonly file: GraphFile;
  readonly truth?: HandTruth;
}

/** @throws UsageError, GraphFileError, TruthFormatError */
async function loadSubject(
  path: string,
  call: CommandCall,
  { host, container }: NodeHost,
  onSetting: (setting: string) => void,
): Promise<Subject> {
  const file = await loadGraphFile(path, host, (document) => {
    const input = call.text('input');
    if (input !== undefined) applyInput(document, resolve(input), host.catalog);
    const pace = call.text('pace');
    if (pace !== undefined) applyPace(document, pace, host.catalog);
    const settings = call.positionals.length > 1 ? settingsFor(document, call.texts('set')) : call.texts('set');
    for (const setting of settings) onSetting(setting);
    applySettings(document, settings);
  });
  const truth = file.graph && (await truthBeside(file.graph, container.get(PathResolverFactory)(file.folder)));
  return { path, file, ...(truth === undefined ? {} : { truth }) };
}

function positive(call: CommandCall, option: string, otherwise: number): number {
  const text = call.text(option);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new UsageError(`--${option} is "${text}"; allowed: a number above 0.`, { command: 'bench' });
  return value;
}
