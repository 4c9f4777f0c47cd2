import { describe, expect, it } from 'vitest';
import { probeValue } from './probe-value.js';

const hand = (x: number) => ({
  frameWidth: 640,
  frameHeight: 480,
  tracks: [
    {
      ...{ skeleton: 'hand-21', trackId: 1, score: 0.9 },
      image: Float32Array.from({ length: 84 }, (_, index) => (index % 4 === 0 ? x : 0.123_456)),
      world: new Float32Array(84),
    },
  ],
});

describe('What a probe shows', () => {
  it('are landmarks with rows as results have them, without those that are not drawn', () => {
    const shown = probeValue(hand(0.5));
    expect(shown).toMatchObject({ kind: 'landmarks', value: { frameWidth: 640, tracks: [{ skeleton: 'hand-21' }] } });
    expect(JSON.stringify(shown)).not.toContain('world');
    expect(JSON.stringify(shown)).toContain('[0.5,0.1235,0.1235,0.1235]');
  });

  it('are angles by joint, with the track before them where there are several', () => {
    const track = { skeleton: 'hand-21', trackId: 1, degrees: { indexPip: 164.92, indexDip: Number.NaN } };
    expect(probeValue({ tracks: [track] })).toEqual({ kind: 'numbers', series: { indexPip: 164.92, indexDip: null } });
    const both = probeValue({ tracks: [track, { ...track, trackId: 2 }] });
    expect(both.kind === 'numbers' && Object.keys(both.series)).toContain('hand-21 2 indexPip');
    expect(probeValue(7.5)).toEqual({ kind: 'numbers', series: { value: 7.5 } });
  });

  it('are labels and boxes', () => {
    const tracks = [{ trackId: 1, label: 'A', score: 0.93, alternatives: [{ label: 'S', score: 0.05 }] }];
    expect(probeValue({ tracks })).toEqual({ kind: 'labels', tracks });
    const found = { frameWidth: 9, frameHeight: 9, detections: [] };
    expect(probeValue(found)).toEqual({ kind: 'detections', ...found });
  });

  it('are windows as rows of at most 64 times 64 numbers, from the first packet on', () => {
    const packets = Array.from({ length: 200 }, (_, index) => ({ timestampMs: index * 10, value: hand(index / 200) }));
    const shown = probeValue({ startMs: 0, packets });
    if (shown.kind !== 'window') throw new Error(shown.kind);
    expect([shown.packets, shown.spanMs, shown.rows.length, shown.rows[0]?.length]).toEqual([200, 1990, 64, 42]);
    expect([shown.rows[0]?.[0], shown.rows[32]?.[0]]).toEqual([0, 0.5]);
    expect(probeValue({ startMs: 0, packets: [] })).toEqual({ kind: 'window', packets: 0, spanMs: 0, rows: [] });
    const uneven = {
      startMs: 0,
      packets: [{ timestampMs: 0, value: { ...hand(0), tracks: [] } }, ...packets.slice(1, 3)],
    };
    const filled = probeValue(uneven);
    expect(filled.kind === 'window' && filled.rows[0]).toEqual(Array.from({ length: 42 }, () => null));
  });

  it('are tensors by shape, type and range, also of a million elements', () => {
    const data = Float32Array.from({ length: 1_000_000 }, (_, index) => (index % 2 === 0 ? -1 : 3));
    data[0] = Number.NaN;
    const shown = probeValue({ tensors: { scores: { type: 'float32', dims: [1000, 1000], data } } });
    expect(shown).toMatchObject({ kind: 'tensors', tensors: [{ name: 'scores', dims: [1000, 1000], min: -1 }] });
    const whole = { type: 'int64', dims: [2], data: BigInt64Array.of(4n, 8n) };
    expect(probeValue({ tensors: { ids: whole } })).toMatchObject({ tensors: [{ min: 4, max: 8, mean: 6 }] });
  });

  it('is anything else as a text of bounded length', () => {
    expect(probeValue({ tracks: [] })).toEqual({ kind: 'json', text: '{\n "tracks": []\n}', isCut: false });
    const long = probeValue({ text: 'x'.repeat(100_000) });
    expect(long.kind === 'json' && [long.text.length, long.isCut]).toEqual([4000, true]);
    expect(probeValue(undefined)).toEqual({ kind: 'json', text: 'undefined', isCut: false });
  });
});
