#!/usr/bin/env node
// Turns vitest's JSON report into one closing line: `N passed, N failed`, and `, N skipped` where tests were skipped.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Counts a report. A file that could not be loaded has no tests to its name and counts as one failure.
 * @param {{ success: boolean, numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests?: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {{ line: string, ok: boolean }}
 */
export function summarize(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  // An error outside any test (an unhandled rejection, say) fails the run without failing a test.
  const failed = Math.max(report.numFailedTests + brokenFiles, report.success ? 0 : 1);
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, ok: failed === 0 && passed > 0 };
}

function main(file) {
  if (file === undefined || !fs.existsSync(file)) {
    process.stdout.write('The test runner left no report, so no test ran to its end.\n0 passed, 1 failed\n');
    return 1;
  }
  const { line, ok } = summarize(JSON.parse(fs.readFileSync(file, 'utf8')));
  if (line.startsWith('0 passed, 0 failed')) process.stdout.write('No test ran.\n');
  process.stdout.write(`${line}\n`);
  return ok ? 0 : 1;
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2]);
