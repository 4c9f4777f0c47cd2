import { expect, it } from 'vitest';
import { TrackStates } from './track-states.js';

const hand = { skeleton: 'hand-21', trackId: 1 };

/** States that are numbered as they are made. */
function numbered(resetAfterMs: number): TrackStates<{ readonly number: number }> {
  let made = 0;
  return new TrackStates(() => ({ number: (made += 1) }), resetAfterMs);
}

it('keeps the state of a track and tells how long ago it was seen', () => {
  const states = numbered(200);
  expect(states.visit(hand, 100)).toEqual({ state: { number: 1 }, sinceMs: undefined });
  expect(states.visit(hand, 133)).toEqual({ state: { number: 1 }, sinceMs: 33 });
  expect(states.visit(hand, 333)).toEqual({ state: { number: 1 }, sinceMs: 200 });
});

it('starts anew after a gap, and where time does not go on', () => {
  const states = numbered(200);
  states.visit(hand, 100);
  expect(states.visit(hand, 301)).toEqual({ state: { number: 2 }, sinceMs: undefined });
  expect(states.visit(hand, 301)).toEqual({ state: { number: 3 }, sinceMs: undefined });
  expect(states.visit(hand, 5)).toEqual({ state: { number: 4 }, sinceMs: undefined });
});

it('tells tracks of different skeletons and numbers apart', () => {
  const states = numbered(200);
  for (const [index, track] of [hand, { ...hand, trackId: 2 }, { ...hand, skeleton: 'pose-33' }].entries()) {
    expect(states.visit(track, 0).state.number).toBe(index + 1);
  }
});

it('forgets only tracks that would start anew anyway', () => {
  const states = numbered(200);
  states.visit(hand, 0);
  states.forget(200);
  expect(states.visit(hand, 200).state.number).toBe(1);
  states.forget(401);
  states.resetAfterMs = 1000; // too late for what is forgotten
  expect(states.visit(hand, 402).state.number).toBe(2);
});
