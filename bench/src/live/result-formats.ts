import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { hand21, pose33, toJson } from '@kinegraph/core';
import type { Landmarks, TrackedLandmarks } from '@kinegraph/core';
import { FloatResultEncoder, readFloatResult } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { median, type Benchmark, type Figure } from '../benchmark.js';

const BATCHES = 200;
const RESULTS_PER_BATCH = 100;

/** What a result costs on the line and to write: two hands and a body. */
export const resultFormatsBenchmark: Benchmark = {
  name: 'result-formats',
  title: 'a result of two hands and a body as JSON, MessagePack and floats',
  run(): Promise<readonly Figure[]> {
    const message = aResult();
    const plain = { ...message, values: toJson(message.values, 5) };
    const floats = new FloatResultEncoder();
    const json = JSON.stringify(plain);
    const msgpack = encodeMsgpack(plain);
    const bytes = floats.encode(message);
    const { layout } = floats;
    const times = inTurn({
      json: () => JSON.stringify({ ...message, values: toJson(message.values, 5) }),
      msgpack: () => encodeMsgpack({ ...message, values: toJson(message.values, 5) }),
      floats: () => floats.encode(message),
      parse: () => JSON.parse(json) as unknown,
      read: () => readFloatResult(bytes, layout),
    });
    return Promise.resolve([
      { what: 'JSON, rounded: size', value: json.length, unit: 'B' },
      { what: 'JSON, rounded: writing', value: times.json, unit: 'us' },
      { what: 'JSON: reading', value: times.parse, unit: 'us' },
      { what: 'MessagePack: size', value: msgpack.length, unit: 'B' },
      { what: 'MessagePack: writing', value: times.msgpack, unit: 'us' },
      { what: 'floats: size', value: bytes.length, unit: 'B', target: { below: 1400 } },
      { what: 'floats: writing', value: times.floats, unit: 'us', target: { below: 1 } },
      { what: 'floats: reading', value: times.read, unit: 'us' },
    ]);
  },
};

function aResult(): ResultMessage {
  const track = (skeleton: string, trackId: number, points: number): TrackedLandmarks => ({
    skeleton,
    trackId,
    score: 0.93,
    image: Float32Array.from({ length: points * 4 }, (_, index) =>
      index % 4 === 3 ? 1 : Math.abs(Math.sin(index + trackId)),
    ),
  });
  const tracks = [track(hand21.id, 1, 21), track(hand21.id, 2, 21), track(pose33.id, 1, 33)];
  const landmarks: Landmarks = { frameWidth: 512, frameHeight: 384, tracks };
  return {
    type: 'result',
    source: 'camera',
    sequence: 123_456,
    timestampMs: 3_600_000.123,
    capturedAtMs: 3_600_001.456,
    ageMs: 38.25,
    stages: { decode: 1.25, hands: 25.5, pose: 21.25, smooth: 0.05 },
    dropped: 1,
    values: { landmarks },
  };
}

/** Median microseconds of each way, taken in turn so that what else the machine does falls on all. */
function inTurn<Ways extends Readonly<Record<string, () => unknown>>>(ways: Ways): Record<keyof Ways, number> {
  const times: Record<string, number[]> = {};
  for (let batch = 0; batch < BATCHES; batch += 1) {
    for (const [way, act] of Object.entries(ways)) {
      const startMs = performance.now();
      for (let result = 0; result < RESULTS_PER_BATCH; result += 1) act();
      const us = ((performance.now() - startMs) * 1000) / RESULTS_PER_BATCH;
      if (batch >= BATCHES / 10) (times[way] ??= []).push(us);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([way, values]) => [way, median(values)])) as Record<
    keyof Ways,
    number
  >;
}
