import type { ResultMessage } from '@kinegraph/core/protocol';
import { describe, expect, it } from 'vitest';
import { FigureCounter } from './live-figures.js';
import { sceneAt, valuesAt } from './live-scene.js';
import { boxesOf, trackValuesOf } from './result-values.js';

function result(capturedAtMs: number, values: ResultMessage['values']): ResultMessage {
  const frame = { source: 'camera', sequence: capturedAtMs, timestampMs: capturedAtMs, capturedAtMs };
  return { type: 'result', ...frame, ageMs: 1, stages: {}, dropped: 0, values };
}
const hand = (x: number): unknown => ({
  ...{ frameWidth: 640, frameHeight: 480 },
  tracks: [{ skeleton: 'hand-21', trackId: 1, score: 1, image: Array.from({ length: 21 }, () => [x, 0.5, 0, 1]) }],
});
const angles = (degrees: number): unknown => ({
  tracks: [{ skeleton: 'hand-21', trackId: 1, degrees: { indexPip: degrees, indexDip: 'none' } }],
});

describe('A scene of the past', () => {
  const results = [0, 40, 80, 120].map((atMs) => result(atMs, { hands: hand(atMs / 1000), angles: angles(atMs) }));

  it('has skeletons between two results, and of values those of the last by then', () => {
    const { tracks, values } = sceneAt(results, 60);
    expect(tracks.map(({ image, opacity }) => [image[0]?.toFixed(3), opacity])).toEqual([['0.060', 1]]);
    expect(values).toEqual([{ trackId: 1, skeleton: 'hand-21', degrees: { indexPip: 40 } }]);
  });

  it('does not depend on how many results are kept, nor on those that are far', () => {
    const many = Array.from({ length: 400 }, (_, index) => result(40 * index, { hands: hand(index / 400) }));
    for (const atMs of [20, 4020, 15_940]) {
      const [track] = sceneAt(many, atMs).tracks;
      expect(track?.image[0]).toBeCloseTo(atMs / 40 / 400, 4);
    }
  });

  it('holds boxes, labels and angles for a moment only, and shows none of the future', () => {
    expect(valuesAt(results, 119).values[0]?.degrees).toEqual({ indexPip: 80 });
    expect(valuesAt(results, 120 + 499).values).toHaveLength(1);
    expect(valuesAt(results, 120 + 501).values).toEqual([]);
    expect(valuesAt(results, -1).values).toEqual([]);
  });
});

describe('Values of results', () => {
  it('are labels and angles by track', () => {
    const tracks = [{ trackId: 1, label: 'A', score: 0.93 }, { trackId: 'x', label: 'B', score: 1 }, { trackId: 2 }, 7];
    expect(trackValuesOf({ tracks })).toEqual([{ trackId: 1, skeleton: undefined, label: { text: 'A', score: 0.93 } }]);
  });

  it('are boxes as fractions of the picture, those that are whole', () => {
    const box = { x: 64, y: 48, width: 320, height: 240 };
    const detections = [
      { label: 'person', score: 0.8, box },
      { label: 'cat', score: 0.7, box: { ...box, x: null } },
    ];
    expect(boxesOf({ frameWidth: 640, frameHeight: 480, detections })).toEqual([
      { label: 'person', score: 0.8, x: 0.1, y: 0.1, width: 0.5, height: 0.5 },
    ]);
    expect(boxesOf({ frameWidth: 0, frameHeight: 480, detections })).toEqual([]);
  });

  it.each([undefined, null, 3, 'text', [], { tracks: 3, detections: {}, frameWidth: 1, frameHeight: 1 }])(
    'are none in %j',
    (value) => {
      expect([trackValuesOf(value), boxesOf(value)]).toEqual([[], []]);
    },
  );
});

describe('The figures of a live view', () => {
  it('count each frame once, and tell the spread of its age', () => {
    const counter = new FigureCounter();
    for (let index = 0; index < 40; index += 1) {
      const nowMs = index * 50;
      counter.result({ sequence: index, ageMs: index === 20 ? 500 : 30 + index }, nowMs);
      counter.result({ sequence: index, ageMs: 999 }, nowMs); // of another sink
      counter.drawn(nowMs);
    }
    const figures = counter.figures(1950, 12);
    expect(figures).toEqual({
      ...{ resultsPerSecond: 20, drawnPerSecond: 20, behindMs: 12 },
      ...{ ageP50Ms: 51, ageP95Ms: 69 },
    });
  });

  it('rest where nothing comes', () => {
    const counter = new FigureCounter();
    counter.result({ sequence: 1, ageMs: 30 }, 0);
    expect(counter.figures(2001, undefined)).toMatchObject({ resultsPerSecond: 0, ageP50Ms: undefined });
  });
});
