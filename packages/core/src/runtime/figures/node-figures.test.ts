import { describe, expect, it } from 'vitest';
import { TimeLimitError } from '../../base/index.js';
import { NodeFigures } from './node-figures.js';

describe('NodeFigures', () => {
  it('counts drops by cause', () => {
    const figures = new NodeFigures('buffer', 'core.buffer.fifo', false);
    figures.drop('overflow');
    figures.drop('overflow', 3);
    figures.drop('too-old');
    expect(figures.snapshot().dropped).toEqual({ overflow: 4, 'too-old': 1 });
    expect(figures.droppedTotal).toBe(5);
  });

  it('keeps the last fault', () => {
    const figures = new NodeFigures('hands', 'mediapipe.hands', false);
    expect(figures.snapshot()).not.toHaveProperty('lastFault');
    figures.fail(new Error('first'), 1);
    figures.fail(new TimeLimitError({ what: 'Inference', limitMs: 9 }), 2);
    expect(figures.snapshot()).toMatchObject({
      failed: 2,
      lastFault: { code: 'CORE_TIME_LIMIT', message: 'Inference took longer than its limit of 9 ms.', atMs: 2 },
    });
  });

  it('tells the age of what arrives at sinks only', () => {
    const [sink, other] = [
      new NodeFigures('out', 'core.sink.null', true),
      new NodeFigures('hands', 'mediapipe.hands', false),
    ];
    for (const figures of [sink, other]) figures.arrived(12);
    expect(sink.snapshot().ageMs).toMatchObject({ count: 1, max: 12 });
    expect(other.snapshot()).not.toHaveProperty('ageMs');
  });

  it('answers plain data that does not change afterwards', () => {
    const figures = new NodeFigures('out', 'core.sink.null', true);
    const before = figures.snapshot();
    figures.in += 1;
    figures.drop('late');
    figures.waitMs.observe(1);
    expect(before).toMatchObject({ in: 0, dropped: {}, waitMs: { count: 0 } });
    expect(structuredClone(before)).toEqual(before);
  });
});
