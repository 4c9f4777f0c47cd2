import { describe, expect, it } from 'vitest';
import { idFault } from './graph-id.js';

describe('The id of a graph', () => {
  const taken = new Set(['kitchen']);
  it.each([
    ['line-2', undefined],
    ['0', undefined],
    ['', 'none'],
    ['Kitchen', 'form'],
    ['-line', 'form'],
    ['a b', 'form'],
    ['x'.repeat(65), 'form'],
    ['kitchen', 'taken'],
  ] as const)('"%s" is at fault: %s', (id, fault) => expect(idFault(id, taken)).toBe(fault));
});
