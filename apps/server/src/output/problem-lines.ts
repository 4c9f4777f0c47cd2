import type { Problem } from '@kinegraph/core';

/** Problems as people read them: the sentence, where it is, what to do. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.flatMap((problem) => [
    `${problem.severity}: ${problem.message}`,
    `  at ${placeOf(problem)}  (${problem.code})`,
    ...(problem.mend === undefined ? [] : [`  mend: ${problem.mend}`]),
  ]);
}

function placeOf({ pointer, line, column }: Problem): string {
  const place = pointer === '' ? 'the document' : pointer;
  return line === undefined ? place : `${place}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
}
