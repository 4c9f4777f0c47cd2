import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorMessage } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { CommandCall } from '../../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../../cli/exit-codes.js';
import { UsageError } from '../../cli/usage-error.js';
import { textTable } from '../../output/text-table.js';

/** `kinegraph signs list DIR`: the takes with what is thought of each. */
export async function list(call: CommandCall, [folder = '']: readonly string[]): Promise<number> {
  const { takes, unreadable } = await new TakeStore(resolve(folder)).load();
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
  else {
    const rows = found.map(({ label, id, frames, quality, damage }) => [
      label,
      id,
      `${frames}`,
      quality.verdict,
      damage === undefined ? quality.advice : `${damage.lines} damaged lines (${damage.problem}). ${quality.advice}`,
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
  for (const { label, id, problem } of unreadable) call.console.tell(`${label}/${id} cannot be read: ${problem}.`);
  return unreadable.length === 0 ? EXIT_DONE : EXIT_RUN_FAILED;
}

/** `kinegraph signs export DIR`: all takes as one text. */
export async function exportSet(call: CommandCall, [folder = '']: readonly string[]): Promise<number> {
  const parts = new TakeStore(resolve(folder)).export();
  const out = call.text('out');
  if (out !== undefined) await pipeline(parts, createWriteStream(resolve(out)));
  else for await (const part of parts) await call.console.print(part.trimEnd());
  return EXIT_DONE;
}

/** `kinegraph signs import DIR FILE`: takes of an export. */
export async function importTakes(call: CommandCall, [folder = '', file = '']: readonly string[]): Promise<number> {
  const text = await readFile(resolve(file), 'utf8').catch((error: unknown) => {
    throw new UsageError(`"${file}" cannot be read: ${errorMessage(error)}.`, { command: 'signs' });
  });
  const { added, same, damaged } = await new TakeStore(resolve(folder)).import(text, file);
  const also = [
    ...(same === 0 ? [] : [`${same} were there already`]),
    ...(damaged === 0 ? [] : [`${damaged} lack lines`]),
  ];
  call.console.tell(`${added} takes are added${also.length === 0 ? '' : `; ${also.join(', ')}`}.`);
  return EXIT_DONE;
}

/** `kinegraph signs delete DIR LABEL [TAKE...]`: takes, or all of a label. */
export async function deleteTakes(
  call: CommandCall,
  [folder = '', label = '', ...ids]: readonly string[],
): Promise<number> {
  const store = new TakeStore(resolve(folder));
  if (ids.length === 0) {
    const count = await store.deleteLabel(label);
    call.console.tell(`${count} takes of "${label}" are deleted.`);
    return EXIT_DONE;
  }
  for (const id of ids) await store.delete(label, id);
  return EXIT_DONE;
}
