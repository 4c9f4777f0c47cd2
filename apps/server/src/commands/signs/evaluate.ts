import { evaluateFiles } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { Evaluation, LabelEvaluation } from '@kinegraph/plugin-sign-classifier/teach';
import type { CommandCall } from '../../cli/command.js';
import { EXIT_DONE } from '../../cli/exit-codes.js';
import { UsageError } from '../../cli/usage-error.js';
import { textTable } from '../../output/text-table.js';
import { openPlatform } from '../../platform.js';
import { existingSet, tellLeftOut } from './take-folder.js';
import { percent } from './train.js';

const RIGHT = 'right' as const;

/** `kinegraph signs eval MODEL DIR`: what a model makes of takes. */
export async function evaluate(call: CommandCall, [model = '', folder = '']: readonly string[]): Promise<number> {
  const set = await existingSet(folder);
  await using platform = await openPlatform({
    plugins: call.texts('plugin'),
    debug: call.flag('debug'),
    console: call.console,
    format: 'none',
  });
  const { unreadable, ...evaluation } = await evaluateFiles(platform.models, model, set.folder);
  tellLeftOut(call.console, unreadable);
  if (evaluation.windows === 0)
    throw new UsageError(`There is no take with a hand in "${folder}" to evaluate the model with.`, {
      command: 'signs',
    });
  if (call.flag('json')) await call.console.print(JSON.stringify(evaluation, null, 2));
  else for (const line of evaluationLines(evaluation)) await call.console.print(line);
  return EXIT_DONE;
}

function evaluationLines({ windows, accuracy, labels, unknown, curve }: Evaluation): readonly string[] {
  const told =
    accuracy === undefined
      ? 'The model knows none of the labels.'
      : `${percent(accuracy)} of those of known signs are named right.`;
  const points = [
    { title: 'threshold', align: RIGHT },
    { title: 'named right', align: RIGHT },
    { title: 'named wrong', align: RIGHT },
    { title: 'unknown named', align: RIGHT },
  ];
  const rows = curve.map(({ threshold, named, wrong, unknownNamed }) => [
    threshold.toFixed(2),
    accuracy === undefined ? '-' : percent(named),
    accuracy === undefined ? '-' : percent(wrong),
    unknownNamed === undefined ? '-' : percent(unknownNamed),
  ]);
  return [
    `${windows} windows. ${told}`,
    ...section('signs', labels, true),
    ...section('what the model does not know, and none', unknown, false),
    '',
    'with one threshold for all',
    ...textTable(points, rows),
  ];
}

function section(title: string, labels: readonly LabelEvaluation[], isKnown: boolean): readonly string[] {
  if (labels.length === 0) return [];
  const columns = [
    { title: 'label' },
    { title: 'windows', align: RIGHT },
    ...(isKnown ? [{ title: 'right', align: RIGHT }] : []),
    { title: 'none', align: RIGHT },
    { title: 'named instead' },
  ];
  const rows = labels.map(({ label, windows, right, rejected, taken }) => [
    label,
    `${windows}`,
    ...(isKnown ? [percent(right / windows)] : []),
    percent(rejected / windows),
    taken
      .slice(0, 3)
      .map((other) => `${other.label} ${percent(other.windows / windows)}`)
      .join(', '),
  ]);
  return ['', title, ...textTable(columns, rows)];
}
