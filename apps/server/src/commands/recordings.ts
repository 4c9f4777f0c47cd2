import { stat } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '@kinegraph/core';
import { RecordingMissingError } from '@kinegraph/recording';
import { repairFolder, repairIfLeft, type RepairOutcome } from '@kinegraph/recording/node';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { shortNumber, textTable } from '../output/text-table.js';
import { RecordingsFolder } from '../recordings/recordings-folder.js';

type Action = (call: CommandCall, places: readonly string[]) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = { list, repair };
const FOLDER = 'recordings';

/** Lists recordings, and completes those that were cut off. */
export const recordingsCommand: Command = {
  name: 'recordings',
  summary: 'List the recordings in a folder, or complete those that were cut off.',
  positionals: ['list|repair', '[FOLDER|FILE...]'],
  options: { json: { type: 'boolean', description: 'Print what was found as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    const [name = '', ...places] = call.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      throw new UsageError(`"kinegraph recordings" knows list and repair, not "${name}".`, { command: 'recordings' });
    }
    return await action(call, places.length === 0 ? [FOLDER] : places);
  },
};

async function list(call: CommandCall, places: readonly string[]): Promise<number> {
  const [place = FOLDER, ...more] = places;
  if (more.length > 0) throw new UsageError('"kinegraph recordings list" takes one folder.', { command: 'recordings' });
  if (!(await kindOf(place)).isDirectory()) throw new UsageError(`"${place}" is no folder.`, { command: 'recordings' });
  const recordings = await new RecordingsFolder({ folder: path.resolve(place) }).list();
  if (call.flag('json')) {
    await call.console.print(JSON.stringify(recordings, null, 2));
    return EXIT_DONE;
  }
  const lines = textTable(
    [
      { title: 'recording' },
      { title: 'state' },
      { title: 'begun' },
      { title: 'seconds', align: 'right' },
      { title: 'files', align: 'right' },
      { title: 'MB', align: 'right' },
      { title: 'messages', align: 'right' },
      { title: 'topics' },
    ],
    recordings.map(({ id, state, startedAt, durationMs, parts, bytes, messages, topics }) => [
      id,
      state,
      startedAt ?? '',
      durationMs === undefined ? '' : shortNumber(durationMs / 1000),
      `${parts.length}`,
      (bytes / 1e6).toFixed(1),
      `${messages}`,
      topics.map(({ topic }) => topic).join(' '),
    ]),
  );
  for (const line of lines) await call.console.print(line);
  return EXIT_DONE;
}

async function repair(call: CommandCall, places: readonly string[]): Promise<number> {
  const outcomes: RepairOutcome[] = [];
  for (const place of places) {
    const isFolder = (await kindOf(place)).isDirectory();
    outcomes.push(...(isFolder ? await repairFolder(place) : [await repairIfLeft(place)]));
  }
  if (call.flag('json')) await call.console.print(JSON.stringify(outcomes.map(plain), null, 2));
  else {
    for (const outcome of outcomes) await call.console.print(sentenceOf(outcome));
    if (outcomes.length === 0) await call.console.print('There is nothing to repair.');
  }
  return outcomes.some(({ outcome }) => outcome === 'failed') ? EXIT_RUN_FAILED : EXIT_DONE;
}

/** @throws RecordingMissingError */
async function kindOf(place: string): Promise<{ isDirectory(): boolean }> {
  try {
    return await stat(place);
  } catch (cause) {
    throw new RecordingMissingError({ path: place, reason: errorMessage(cause) }, { cause });
  }
}

function plain(outcome: RepairOutcome): object {
  if (outcome.outcome === 'repaired') return { file: outcome.file, outcome: outcome.outcome, ...outcome.repair };
  if (outcome.outcome === 'failed') return { ...outcome, error: errorMessage(outcome.error) };
  return outcome;
}

function sentenceOf(one: RepairOutcome): string {
  if (one.outcome === 'being-written') return `${one.file} is being written, and was left as it is.`;
  if (one.outcome === 'failed') return `${one.file} cannot be repaired: ${errorMessage(one.error)}`;
  const { path: complete, messages, cutBytes, wasComplete } = one.repair;
  if (wasComplete) return `${complete} is complete: ${messages} messages.`;
  return `${complete} is complete now: ${messages} messages; ${cutBytes} bytes that were no whole chunk were cut off.`;
}
