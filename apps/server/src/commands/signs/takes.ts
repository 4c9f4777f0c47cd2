import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorMessage } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { UnreadableTake } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { CommandCall } from '../../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../../cli/exit-codes.js';
import { UsageError } from '../../cli/usage-error.js';
import { textTable } from '../../output/text-table.js';
import { importInto } from '../../signs/import-into.js';
import { counted, existingSet, newSet, tellLeftOut } from './take-folder.js';

/** `kinegraph signs list DIR`: the takes with what is thought of each. */
export async function list(call: CommandCall, [folder = '']: readonly string[]): Promise<number> {
  const { takes, unreadable } = await (await existingSet(folder)).load();
  const found = takes.map(({ take, damage }) => {
    const { label, id, frames, recordedAt, source } = take;
    const quality = takeQuality(take);
    return {
      label,
      id,
      frames: frames.length,
      recordedAt,
      source,
      quality,
      ...(damage === undefined ? {} : { damage }),
    };
  });
  if (call.flag('json')) await call.console.print(JSON.stringify({ takes: found, unreadable }, null, 2));
  else if (found.length > 0) {
    const rows = found.map(({ label, id, frames, quality, damage }) => [
      label,
      id,
      `${frames}`,
      quality.verdict,
      damage === undefined
        ? quality.advice
        : `${counted(damage.lines, 'damaged line')} (${damage.problem}). ${quality.advice}`,
    ]);
    const columns = [
      { title: 'label' },
      { title: 'take' },
      { title: 'frames', align: 'right' as const },
      { title: 'quality' },
      { title: '' },
    ];
    for (const line of textTable(columns, rows)) await call.console.print(line);
  }
  if (found.length + unreadable.length === 0)
    call.console.tell(`There are no takes in "${folder}". "kinegraph signs record LABEL --set ${folder}" adds some.`);
  for (const { label, id, problem } of unreadable) call.console.tell(`${label}/${id} cannot be read: ${problem}.`);
  return unreadable.length === 0 ? EXIT_DONE : EXIT_RUN_FAILED;
}

/** `kinegraph signs export DIR`: all takes as one text; those that cannot be read are told. */
export async function exportSet(call: CommandCall, [folder = '']: readonly string[]): Promise<number> {
  const { console } = call;
  const unreadable: UnreadableTake[] = [];
  const parts = (await existingSet(folder)).export((take) => unreadable.push(take));
  const out = call.text('out');
  if (out !== undefined) await pipeline(parts, createWriteStream(resolve(out)));
  else for await (const part of parts) await console.print(part.trimEnd());
  tellLeftOut(console, unreadable);
  return unreadable.length === 0 ? EXIT_DONE : EXIT_RUN_FAILED;
}

/** `kinegraph signs import DIR FILE`: takes of an export. */
export async function importTakes(call: CommandCall, [folder = '', file = '']: readonly string[]): Promise<number> {
  const store = await newSet(folder);
  const text = await readFile(resolve(file), 'utf8').catch((error: unknown) => {
    throw new UsageError(`"${file}" cannot be read: ${errorMessage(error)}.`, { command: 'signs' });
  });
  const { added, same, damaged } = await importInto(store, text, file);
  const also = [
    ...(same === 0 ? [] : [`${same} ${same === 1 ? 'was' : 'were'} there already`]),
    ...(damaged === 0 ? [] : [`${damaged} ${damaged === 1 ? 'lacks' : 'lack'} lines, and what is whole was taken`]),
  ];
  call.console.tell(`${counted(added, 'take')} added${also.length === 0 ? '' : `; ${also.join(', ')}`}.`);
  return EXIT_DONE;
}

/** `kinegraph signs delete DIR LABEL [TAKE...]`: takes, or all of a label. */
export async function deleteTakes(
  call: CommandCall,
  [folder = '', label = '', ...ids]: readonly string[],
): Promise<number> {
  const store = await existingSet(folder);
  if (ids.length === 0) {
    const count = await store.deleteLabel(label);
    call.console.tell(`${counted(count, 'take')} of "${label}" deleted.`);
    return EXIT_DONE;
  }
  for (const id of ids) await store.delete(label, id);
  call.console.tell(`${counted(ids.length, 'take')} of "${label}" deleted.`);
  return EXIT_DONE;
}
