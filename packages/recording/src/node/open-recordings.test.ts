import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SystemClock } from '@kinegraph/core/plugin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginPlaying, isPlayed, openRecording, Recorders, useOf, type TopicEvents } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const noEvents: TopicEvents = {
  dropped: () => {},
  wrote: () => {},
  waiting: () => {},
  finished: () => {},
  kept: () => {},
  stopped: () => {},
  resumed: () => {},
};
const place = { sequence: 1, timestampMs: 1, capturedAtMs: 1, clockOffsetMs: 0, source: 'camera' };

describe('What is open in this process', () => {
  it('has a recording while it is written, with what is in it so far', async () => {
    const hall = path.join(folder, 'hall');
    const topic = await new Recorders(new SystemClock()).open(
      { path: hall, topic: '/values', runId: 'run', node: 'keep', limits: { minFreeBytes: 0 } },
      noEvents,
    );
    topic.writeValue(place, 1);
    await topic.flush();
    expect(['hall', 'hall.0001.mcap', 'hall.0001.mcap.part'].map((name) => useOf(path.join(folder, name)))).toEqual(
      Array(3).fill('written'),
    );
    expect(['hall-2', 'hal', 'hall.mp4'].map((name) => useOf(path.join(folder, name)))).toEqual(
      Array(3).fill(undefined),
    );
    expect(openRecording(hall)?.part()).toMatchObject({
      path: `${hall}.0001.mcap.part`,
      bytes: expect.any(Number) as number,
      topics: [{ topic: '/values', schema: 'kinegraph.Value', messages: 1, isLossy: false }],
    });
    await topic.close();
    expect([useOf(hall), openRecording(hall)]).toEqual([undefined, undefined]);
  });

  it('gives no name to two writers, whichever copy of the library they are of', async () => {
    const open = async (node: string) =>
      await new Recorders(new SystemClock()).open(
        { path: path.join(folder, 'hall'), topic: '/values', runId: node, node, limits: { minFreeBytes: 0 } },
        noEvents,
      );
    const topics = await Promise.all(['a', 'b', 'c'].map(open));
    expect(topics.map(({ recording }) => path.basename(recording)).sort()).toEqual(['hall', 'hall-2', 'hall-3']);
    for (const topic of topics) topic.writeValue(place, 1);
    await Promise.all(topics.map(async (topic) => await topic.close()));
    expect(readdirSync(folder).sort()).toEqual(['hall-2.0001.mcap', 'hall-3.0001.mcap', 'hall.0001.mcap']);
  });

  it('has a recording for as long as anybody plays it', () => {
    const hall = path.join(folder, 'hall');
    const [whole, part] = [beginPlaying(hall), beginPlaying(`${hall}.0002.mcap`)];
    expect(useOf(`${hall}.0001.mcap`)).toBe('played');
    whole[Symbol.dispose]();
    whole[Symbol.dispose]();
    expect(useOf(hall)).toBe('played');
    part[Symbol.dispose]();
    expect(useOf(hall)).toBeUndefined();
  });

  it('has parts that are played by themselves, or with all of their recording', () => {
    const hall = path.join(folder, 'hall');
    const played = (): boolean[] => [1, 2].map((part) => isPlayed(`${hall}.000${part}.mcap`));
    const one = beginPlaying(`${hall}.0002.mcap`);
    expect(played()).toEqual([false, true]);
    const whole = beginPlaying(path.join(folder, 'nearby', '..', 'hall'));
    expect([...played(), isPlayed(`${hall}-2.0001.mcap`)]).toEqual([true, true, false]);
    one[Symbol.dispose]();
    expect(played()).toEqual([true, true]);
    whole[Symbol.dispose]();
    expect(played()).toEqual([false, false]);
  });
});
