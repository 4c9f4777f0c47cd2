import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PROBLEM_EXAMPLES } from '../../test/support/problem-examples.js';
import { formatGraph } from './format.js';
import { parseGraph } from './parse.js';
import { GRAPH_PROBLEM_CODES } from './problem.js';
import type { GraphProblemCode } from './problem.js';

const page = await readFile(new URL('../../../../docs/graph-format.md', import.meta.url), 'utf8');
const codes = Object.keys(GRAPH_PROBLEM_CODES) as GraphProblemCode[];

/** The lines of the page's lists of codes: code, severity, example. */
const rows = [...page.matchAll(/^- `(GRAPH_[A-Z_]+)` \((error|warning)\): `([^`]*)`$/gm)].map(([, ...cells]) => cells);

describe('docs/graph-format.md', () => {
  it('has every code once, in the order of the code, and none besides', () => {
    expect(rows.map(([code]) => code)).toEqual(codes);
  });

  it.each(codes)('shows %s with the severity and the sentence that people really get', (code) => {
    const problem = PROBLEM_EXAMPLES[code]().find((found) => found.code === code);
    const sentence = [problem?.message, problem?.mend].filter((part) => part !== undefined).join(' ');
    expect(rows.find(([name]) => name === code)).toEqual([code, problem?.severity, sentence]);
  });

  it('names only codes that exist', () => {
    const named = new Set([...page.matchAll(/`(GRAPH_[A-Z_]+)`/g)].map(([, code]) => code ?? ''));
    const known = new Set<string>([...codes, 'GRAPH_INVALID', 'GRAPH_DUPLICATE_NODE_TYPE']);
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
  });

  it('has a complete example in canonical form', () => {
    const example = /^```json\n(\{\n  "\$schema".*?^\})\n```$/ms.exec(page)?.[1] ?? '';
    const { document, problems } = parseGraph(example);
    expect(problems).toEqual([]);
    expect(document === undefined ? undefined : formatGraph(document)).toBe(`${example}\n`);
  });
});
