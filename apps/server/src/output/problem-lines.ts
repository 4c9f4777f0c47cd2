import type { Problem } from '@kinegraph/core';

/** Problems as people read them: the sentence, where it is, what to do. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.flatMap((problem) => [
    `${problem.severity}: ${problem.message}`,
    `  at ${problem.pointer === '' ? 'the document' : problem.pointer}  (${problem.code})`,
    ...(problem.mend === undefined ? [] : [`  mend: ${problem.mend}`]),
  ]);
}
