import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz } from '../../../../test/support/fuzz.js';
import { JSON_TOKENS, mutatedBytes, mutatedValue, textsAsBytes } from '../../../../test/support/mutations.js';
import { parseGraph } from './parse.js';
import type { ParsedGraph } from './parse.js';
import { MAX_GRAPH_PROBLEMS } from './problem.js';

const document = {
  kinegraph: 1,
  title: 'Hands',
  plugins: { '@kinegraph/plugin-media': '^0.1.0' },
  nodes: {
    camera: { type: 'core.source.frames', config: { stalledAfterMs: 500 } },
    hands: {
      type: 'mediapipe.hands',
      title: 'H',
      concurrency: 2,
      sync: 'latest',
      config: { numHands: 1, deep: { a: [] } },
    },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
  layout: { camera: { x: 1.5, y: 2 } },
};

/** A document or the reasons against it, few and short. */
function check({ document: read, problems }: ParsedGraph, inputLength: number): boolean {
  expectTrue(problems.length <= MAX_GRAPH_PROBLEMS, 'no more problems than are shown');
  const isRefused = problems.some(({ severity }) => severity === 'error');
  expectTrue(isRefused === (read === undefined), 'a document, or an error');
  for (const { message, mend, pointer } of problems)
    expectTrue(
      message.length + (mend ?? '').length <= 2000 + inputLength && pointer.startsWith('/') === (pointer !== ''),
      'sentences',
    );
  if (read === undefined) return false;
  expectTrue(typeof read.nodes === 'object' && Array.isArray(read.wires), 'nodes and wires');
  return true;
}

describe('A hundred thousand graph documents, half of them as text,', { timeout: FUZZ_LIMIT_MS }, () => {
  it('are read, or refused with problems', () => {
    const seeds = textsAsBytes(JSON.stringify(document), JSON.stringify(document, undefined, 2));
    const decoder = new TextDecoder();
    let read = 0;
    fuzz({
      make: (random) => decoder.decode(mutatedBytes(random, seeds, JSON_TOKENS)),
      attempt: (text) => {
        if (check(parseGraph(text), text.length)) read += 1;
      },
      inputs: 50_000,
      mostSteps: (text) => 40 * text.length + 4000,
    });
    expect(read).toBeGreaterThan(100);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('as values, too', () => {
    let read = 0;
    fuzz({
      make: (random) => mutatedValue(random, document),
      attempt: (value) => {
        if (check(parseGraph(value), 2000)) read += 1;
      },
      inputs: 50_000,
      mostSteps: () => 40_000,
    });
    expect(read).toBeGreaterThan(1_000);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
