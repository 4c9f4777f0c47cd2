import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, lintFiles } from './support/lint-workspace.js';

const FOLDER = 'packages/core/src/base';

/** One file for each rule that must speak, and what it must call. */
const broken: Readonly<Record<string, { readonly rule: string; readonly source: string }>> = {
  'any.ts': { rule: 'typescript/no-explicit-any', source: 'export const value: any = 1;\n' },
  'assertion.ts': {
    rule: 'typescript/no-non-null-assertion',
    source: 'export const first = (list: number[]): number => list[0]!;\n',
  },
  'floating.ts': {
    rule: 'typescript/no-floating-promises',
    source: 'const wait = async (): Promise<void> => {};\nexport function start(): void {\n  wait();\n}\n',
  },
  'misused.ts': {
    rule: 'typescript/no-misused-promises',
    source:
      'export const each = (list: number[]): void => list.forEach(async (item) => await Promise.resolve(item));\n',
  },
  'thenable.ts': {
    rule: 'typescript/await-thenable',
    source: 'export const read = async (value: number): Promise<number> => await value;\n',
  },
  'comment.ts': {
    rule: 'typescript/ban-ts-comment',
    source: "// @ts-ignore\nexport const value: number = 'text';\n",
  },
  'type-import.ts': {
    rule: 'typescript/consistent-type-imports',
    source: "import { Other } from './other.js';\nexport type Used = Other;\n",
  },
  'cycle-one.ts': {
    rule: 'import/no-cycle',
    source: "import { two } from './cycle-two.js';\nexport const one = (): number => two() + 1;\n",
  },
  'cycle-two.ts': {
    rule: 'import/no-cycle',
    source: "import { one } from './cycle-one.js';\nexport const two = (): number => one() + 1;\n",
  },
  'console.ts': { rule: 'eslint/no-console', source: "console.log('text');\nexport const value = 1;\n" },
  'exit.ts': { rule: 'unicorn/no-process-exit', source: 'export const stop = (): never => process.exit(1);\n' },
  'thrown.ts': { rule: 'typescript/only-throw-error', source: "export function fail(): never {\n  throw 'text';\n}\n" },
  'unexplained.ts': {
    rule: 'kinegraph/explained-exception',
    source: '// oxlint-disable-next-line typescript/no-explicit-any\nexport const value: any = 1;\n',
  },
  'long.ts': { rule: 'eslint/max-lines', source: `export const value = 1;\n${'//\n'.repeat(400)}` },
};

const fine: Readonly<Record<string, string>> = {
  'other.ts': 'export class Other {}\n',
  'explained.ts':
    '// oxlint-disable-next-line typescript/no-non-null-assertion -- the caller checked the length\nexport const first = (list: number[]): number => list[0]!;\n',
  'console.test.ts': "console.log('text');\nexport const value = 1;\n",
};

describe('the lint configuration', () => {
  let findings: Finding[];
  const rulesFor = (file: string): string[] =>
    findings.filter((found) => found.file === `${FOLDER}/${file}`).map(({ rule }) => rule);

  beforeAll(async () => {
    const sources = {
      ...Object.fromEntries(Object.entries(broken).map(([file, { source }]) => [file, source])),
      ...fine,
    };
    findings = await lintFiles(
      Object.fromEntries(Object.entries(sources).map(([file, source]) => [`${FOLDER}/${file}`, source])),
    );
  }, 60_000);

  it.each(Object.entries(broken).map(([file, { rule }]) => ({ file, rule })))(
    '$rule speaks in $file',
    ({ file, rule }) => {
      expect(rulesFor(file)).toContain(rule);
    },
  );

  it.each(Object.keys(fine))('nothing is said about %s', (file) => {
    expect(rulesFor(file)).toEqual([]);
  });
});
