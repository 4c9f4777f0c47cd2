import { describe, expect, it } from 'vitest';
import { TimeLimitError } from '../../base/index.js';
import { VirtualClock } from '../../testing/index.js';
import { NodeFigures } from './node-figures.js';
import type { Timings } from './node-figures.js';

const trace = { source: 'camera', sequence: 0, capturedAtMs: 0, clockOffsetMs: 0 };

function ofNode(isSink = false, timings?: Timings): { figures: NodeFigures; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { figures: new NodeFigures('hands', 'mediapipe.hands', isSink, clock, timings), clock };
}

/** One packet that waited 10 ms, was worked on for 20 and waited 30 for its consumers. */
async function onePacket(figures: NodeFigures, clock: VirtualClock): Promise<void> {
  const freeMs = figures.free();
  await clock.advance(10);
  const startMs = figures.started(freeMs, trace);
  await clock.advance(20);
  const doneMs = figures.worked(startMs, true);
  await clock.advance(30);
  figures.handedOver(doneMs);
}

describe('NodeFigures', () => {
  it('counts drops by cause', () => {
    const { figures } = ofNode();
    figures.drop('overflow');
    figures.drop('overflow', 3);
    figures.drop('too-old');
    expect(figures.snapshot().dropped).toEqual({ overflow: 4, 'too-old': 1 });
  });

  it('tells what the node counts and measures by itself', () => {
    const { figures } = ofNode();
    expect(figures.snapshot()).not.toHaveProperty('counters');
    figures.count('sent', 2);
    figures.count('sent');
    figures.gauge('queue_bytes', 12);
    expect(figures.snapshot()).toMatchObject({ counters: { sent: 3 }, gauges: { queue_bytes: 12 } });
  });

  it('keeps the last fault and what last took its worker down, with their age', () => {
    const { figures } = ofNode();
    expect(figures.snapshot()).not.toHaveProperty('lastFault');
    expect(figures.snapshot()).not.toHaveProperty('trouble');
    figures.fail(new Error('first'), 1);
    figures.fail(new TimeLimitError({ what: 'Inference', limitMs: 9 }), 2);
    figures.downBecause(new Error('gone'), 3);
    expect(figures.snapshot(10)).toMatchObject({
      failed: 2,
      lastFault: {
        code: 'CORE_TIME_LIMIT',
        message: 'Inference took longer than its limit of 9 ms.',
        atMs: 2,
        ageMs: 8,
      },
      trouble: { message: 'gone', atMs: 3, ageMs: 7 },
    });
  });

  it('tells how long the node has been in its state', async () => {
    const { figures, clock } = ofNode();
    await clock.advance(5);
    figures.state = 'opening';
    await clock.advance(7);
    figures.state = 'opening'; // no change
    expect(figures.snapshot()).toMatchObject({ state: 'opening', stateAgeMs: 7 });
    figures.state = 'open';
    expect(figures.snapshot()).toMatchObject({ state: 'open', stateAgeMs: 0 });
  });

  it('times waiting, working and handing over', async () => {
    const { figures, clock } = ofNode();
    await onePacket(figures, clock);
    expect(figures.snapshot()).toMatchObject({ waitMs: { max: 10 }, workMs: { max: 20 }, handOverMs: { max: 30 } });
  });

  it('tells the age of what arrives at sinks only', async () => {
    const [sink, other] = [ofNode(true), ofNode()];
    for (const { figures, clock } of [sink, other]) await onePacket(figures, clock);
    expect(sink.figures.snapshot().ageMs).toMatchObject({ count: 1, max: 10 });
    expect(other.figures.snapshot()).not.toHaveProperty('ageMs');
  });

  it('tells the rate since the node was open or the sources began', async () => {
    const { figures, clock } = ofNode();
    expect(figures.snapshot().perSecond).toBeNaN();
    figures.state = 'opening';
    await clock.advance(60_000);
    figures.state = 'open';
    for (let packet = 0; packet < 50; packet += 1) await onePacket(figures, clock); // three seconds
    expect(figures.snapshot().perSecond).toBeCloseTo(50 / 3, 5);
    figures.begin();
    await onePacket(figures, clock);
    expect(figures.snapshot().perSecond).toBeNaN();
    await clock.advance(940);
    expect(figures.snapshot().perSecond).toBe(1);
  });

  it('leaves answers with nothing out of the rate', async () => {
    const { figures, clock } = ofNode();
    figures.begin();
    figures.worked(figures.started(figures.free(), trace), false);
    await clock.advance(1000);
    expect(figures.snapshot().perSecond).toBe(0);
  });

  it('counts without reading the clock where no timings are wanted', async () => {
    const { figures, clock } = ofNode(true, 'none');
    figures.begin();
    await onePacket(figures, clock);
    await clock.advance(5_000);
    expect(figures.snapshot()).toMatchObject({
      in: 1,
      perSecond: Number.NaN,
      waitMs: { count: 0 },
      workMs: { count: 0 },
      handOverMs: { count: 0 },
      ageMs: { count: 0 },
    });
  });

  it('counts every packet of a fast node and times some of them', async () => {
    const { figures } = ofNode(); // its time stands still: no node is faster
    for (let packet = 0; packet < 10_000; packet += 1)
      figures.handedOver(figures.worked(figures.started(figures.free(), trace), true));
    const { in: count, workMs } = figures.snapshot();
    expect(count).toBe(10_000);
    expect(workMs.count).toBeLessThan(3_000);
  });

  it('answers plain data that does not change afterwards', () => {
    const { figures } = ofNode(true);
    const before = figures.snapshot();
    figures.started(figures.free(), trace);
    figures.drop('late');
    expect(before).toMatchObject({ in: 0, dropped: {}, waitMs: { count: 0 } });
    expect(structuredClone(before)).toEqual(before);
  });
});
