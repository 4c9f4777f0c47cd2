import { VirtualClock } from '@kinegraph/core/testing';
import { FloatResultEncoder } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { describe, expect, it } from 'vitest';
import { Publication } from '../runs/publication.js';
import { LatestWinsViewer } from './latest-wins-viewer.js';

const floats = new FloatResultEncoder();

function aResult(sequence: number, sink = 'out'): Publication {
  const message: ResultMessage = {
    type: 'result',
    source: 'camera',
    sequence,
    timestampMs: sequence,
    capturedAtMs: sequence,
    ageMs: 1,
    stages: {},
    dropped: 0,
    values: { [sink]: sequence },
  };
  return new Publication(message, floats);
}

function aViewer(): {
  viewer: LatestWinsViewer;
  clock: VirtualClock;
  sent: string[];
  take: () => void;
  said: string[];
} {
  const clock = new VirtualClock();
  const sent: string[] = [];
  const said: string[] = [];
  let waiting: (() => void) | undefined;
  const viewer = new LatestWinsViewer(
    {
      encode: ({ message }) => [`${Object.keys(message.values).join()} ${message.sequence}`],
      encodeMissed: ({ count }) => `missed ${count}`,
      send: (messages, done) => {
        sent.push(...(messages as string[]));
        waiting = done;
      },
      stalled: () => said.push('stalled'),
      end: () => said.push('end'),
    },
    clock,
    30_000,
  );
  return { viewer, clock, sent, said, take: () => waiting?.() };
}

describe('LatestWinsViewer', () => {
  it('sends one after the other, and of those that waited the newest', () => {
    const { viewer, sent, take } = aViewer();
    for (const sequence of [1, 2, 3, 4]) viewer.offer(aResult(sequence));
    expect(sent).toEqual(['out 1']);
    take();
    take();
    expect(sent).toEqual(['out 1', 'missed 2', 'out 4']);
  });

  it('keeps the newest of each kind', () => {
    const { viewer, sent, take } = aViewer();
    for (const [sequence, sink] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'a'],
      [4, 'b'],
      [5, 'a'],
    ] as const)
      viewer.offer(aResult(sequence, sink));
    for (let turn = 0; turn < 5; turn += 1) take();
    expect(sent).toEqual(['a 1', 'missed 2', 'b 4', 'a 5']);
  });

  it('gives a client up that takes nothing for too long, and not one that is slow', async () => {
    const { viewer, clock, said, take } = aViewer();
    viewer.offer(aResult(1));
    for (let turn = 2; turn < 6; turn += 1) {
      viewer.offer(aResult(turn));
      await clock.advance(29_000);
      take();
    }
    expect(said).toEqual([]);
    await clock.advance(30_000);
    expect(said).toEqual(['stalled']);
    viewer.offer(aResult(9));
    viewer.end();
    expect(said).toEqual(['stalled']);
  });

  it('leaves no timer behind and sends nothing more once it is over', () => {
    const { viewer, clock, sent, said, take } = aViewer();
    viewer.offer(aResult(1));
    viewer.offer(aResult(2));
    viewer.end();
    take();
    viewer.offer(aResult(3));
    expect([sent, said, clock.nextDueMs]).toEqual([['out 1'], ['end'], undefined]);
  });
});
