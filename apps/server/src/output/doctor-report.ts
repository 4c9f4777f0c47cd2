import type { CheckedFinding } from '../doctor/index.js';
import { wrapText } from './text-table.js';

const LEAST_WIDTH = 20;

/** What was found, for people: a row each, what to do below it, and the count at the end. */
export function doctorLines(findings: readonly CheckedFinding[], columns: number): readonly string[] {
  const outcomeWidth = Math.max(...findings.map(({ outcome }) => outcome.length));
  const checkWidth = Math.max(...findings.map(({ check }) => check.length));
  const indent = ' '.repeat(outcomeWidth + 2 + checkWidth + 2);
  const width = Math.max(LEAST_WIDTH, columns - indent.length);
  const lines = findings.flatMap((finding) => {
    const head = `${finding.outcome.padEnd(outcomeWidth)}  ${finding.check.padEnd(checkWidth)}  `;
    const mend = 'mend' in finding ? wrapText(`mend: ${finding.mend}`, width) : [];
    const [first = '', ...others] = [...wrapText(finding.message, width), ...mend];
    return [`${head}${first}`, ...others.map((line) => `${indent}${line}`)];
  });
  return [...lines, '', verdict(findings)];
}

function verdict(findings: readonly CheckedFinding[]): string {
  const count = (wanted: string): number => findings.filter(({ outcome }) => outcome === wanted).length;
  const told = (['fault', 'warning'] as const).flatMap((outcome) => {
    const number = count(outcome);
    return number === 0 ? [] : [`${number} ${outcome}${number === 1 ? '' : 's'}`];
  });
  return told.length === 0 ? 'All is well.' : `${told.join(', ')}.`;
}
