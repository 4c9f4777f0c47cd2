import { describe, expect, it } from 'vitest';
import type { Awaitable } from '../../base/index.js';
import type { Transform } from '../../kinds/index.js';
import { aProcessInfo } from '../packets.js';

/**
 * What graphs rely on in every stateless transform of plain values: it leaves its input alone, answers the same for the
 * same, and shares no state between instances. Call it in a test file of the package that brings the transform.
 *
 * @param make - a new transform, not yet open.
 * @param inputs - plain values (no frames) that it is to be called with.
 */
export function describeStatelessTransformContract<In>(
  name: string,
  make: () => Awaitable<Transform<In>>,
  inputs: readonly In[],
): void {
  describe(`${name} keeps the contract of a stateless transform`, () => {
    it('leaves its input alone and answers the same for the same, in any order and any instance', async () => {
      const answers: unknown[][] = [];
      for (const order of [inputs, inputs.toReversed()]) {
        const transform = await make();
        await transform.open?.(new AbortController().signal);
        const given: unknown[] = [];
        for (const [index, input] of order.entries()) {
          const before = structuredClone(input);
          given.push(await transform.transform(input, aProcessInfo(index)));
          expect(input).toEqual(before);
        }
        answers.push(given);
        await transform.close?.();
      }
      expect(answers[1]?.toReversed()).toEqual(answers[0]);
    });
  });
}
