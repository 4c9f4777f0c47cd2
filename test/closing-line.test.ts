import { describe, expect, it } from 'vitest';
import { summarize } from '../tools/test-summary.mjs';

const file = (...statuses: string[]): { status: string; assertionResults: { status: string }[] } => ({
  status: statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe('the closing line of a test run', () => {
  it.each([
    {
      title: 'all passed',
      report: {
        success: true,
        numPassedTests: 2,
        numFailedTests: 0,
        numPendingTests: 0,
        testResults: [file('passed', 'passed')],
      },
      expected: { line: '2 passed, 0 failed', ok: true },
    },
    {
      title: 'skipped and to-do tests are told',
      report: {
        success: true,
        numPassedTests: 1,
        numFailedTests: 0,
        numPendingTests: 1,
        numTodoTests: 1,
        testResults: [file('passed')],
      },
      expected: { line: '1 passed, 0 failed, 2 skipped', ok: true },
    },
    {
      title: 'a failed test',
      report: {
        success: false,
        numPassedTests: 1,
        numFailedTests: 1,
        numPendingTests: 0,
        testResults: [file('passed', 'failed')],
      },
      expected: { line: '1 passed, 1 failed', ok: false },
    },
    {
      title: 'a file that did not load',
      report: {
        success: false,
        numPassedTests: 1,
        numFailedTests: 0,
        numPendingTests: 0,
        testResults: [file('passed'), file()],
      },
      expected: { line: '1 passed, 1 failed', ok: false },
    },
    {
      title: 'an error outside any test',
      report: {
        success: false,
        numPassedTests: 1,
        numFailedTests: 0,
        numPendingTests: 0,
        testResults: [file('passed')],
      },
      expected: { line: '1 passed, 1 failed', ok: false },
    },
    {
      title: 'no test at all',
      report: { success: true, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] },
      expected: { line: '0 passed, 0 failed', ok: false },
    },
  ])('$title', ({ report, expected }) => {
    expect(summarize(report)).toEqual(expected);
  });
});
