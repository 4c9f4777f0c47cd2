import { resolve } from 'node:path';
import { errorCode } from '@kinegraph/core';
import { trainInWorker } from '@kinegraph/plugin-sign-classifier/teach/node';
import { SignModelCard } from '@kinegraph/plugin-sign-classifier/model';
import type { TrainingReport } from '@kinegraph/plugin-sign-classifier/teach';
import type { CommandCall } from '../../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../../cli/exit-codes.js';
import { UsageError } from '../../cli/usage-error.js';
import { textTable } from '../../output/text-table.js';
import { existingSet } from './take-folder.js';

const STEPS = { takes: 'reading takes', features: 'computing features', heads: 'training', model: 'writing the model' };

/** `kinegraph signs train DIR --out NAME.onnx`. */
export async function train(call: CommandCall, [folder = '']: readonly string[]): Promise<number> {
  const { console } = call;
  const out = call.text('out');
  if (out === undefined || !/\.onnx$/i.test(out)) {
    const met = out === undefined ? '' : `, not "${out}"`;
    throw new UsageError(`"kinegraph signs train" needs --out NAME.onnx${met}.`, { command: 'signs' });
  }
  const encoder = call.text('encoder');
  const title = titleOf(call.text('title'));
  const set = await existingSet(folder);
  try {
    const trained = await trainInWorker({
      folder: set.folder,
      out: resolve(out),
      seed: seedOf(call.text('seed')),
      title,
      signal: call.interrupted,
      ...(encoder === undefined ? {} : { encoder: resolve(encoder) }),
      onProgress: ({ step, share }) => console.status(`${Math.round(share * 100)} %, ${STEPS[step]}`),
    });
    console.clearStatus();
    if (call.flag('json')) await console.print(JSON.stringify(trained, null, 2));
    else for (const line of reportLines(trained.report)) await console.print(line);
    for (const warning of trained.report.warnings) console.tell(warning);
    console.tell(
      `${out} is trained, in ${(trained.elapsedMs / 1000).toFixed(1)} s. Graphs that use it take it over by themselves.`,
    );
    return EXIT_DONE;
  } catch (error) {
    console.clearStatus();
    if (errorCode(error) !== 'CORE_ABORTED') throw error;
    console.tell('Stopped. What was there stays as it was.');
    return EXIT_RUN_FAILED;
  }
}

/** Accuracy, labels and look-alikes. */
function reportLines({ accuracy, takes, windows, labels, alikes }: TrainingReport): readonly string[] {
  const told =
    accuracy === undefined
      ? 'No label has two takes, so nothing can be said of how good it is.'
      : `${percent(accuracy)} of the windows are told right by a model that has not seen their take.`;
  const columns = [
    { title: 'label' },
    { title: 'takes', align: 'right' as const },
    { title: 'right', align: 'right' as const },
    { title: 'threshold', align: 'right' as const },
  ];
  const rows = labels.map((label) => [
    label.label,
    `${label.takes}`,
    label.accuracy === undefined ? '-' : percent(label.accuracy),
    label.threshold === 0 ? '-' : label.threshold.toFixed(2),
  ]);
  return [
    `${takes} takes, ${windows} windows. ${told}`,
    '',
    ...textTable(columns, rows),
    ...(alikes.length === 0 ? [] : ['', 'alike']),
    ...alikes.map(({ advice }) => `  ${advice}`),
  ];
}

/** A share as people read it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** @throws UsageError */
function seedOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const seed = Number(text);
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`--seed is "${text}"; allowed: a whole number from 0 to 999999999.`, { command: 'signs' });
  return seed;
}

/** A title that the card of a model takes. @throws UsageError */
function titleOf(text = ''): string {
  const { success, error } = SignModelCard.shape.title.safeParse(text);
  if (success) return text;
  const fault = error.issues.map(({ message }) => message).join(', ');
  throw new UsageError(
    `--title has ${text.length} characters, and the card of a model takes no such title: ${fault}.`,
    {
      command: 'signs',
    },
  );
}
