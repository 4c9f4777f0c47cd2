import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../runtime/index.js';
import { TraceText } from './trace-text.js';

const slice = (ts: number, name = 'wörking'): TraceEvent => ({ ph: 'X', name, ts, dur: 1, pid: 3, tid: 7 });
const decoded = (...pieces: readonly Uint8Array[]): string =>
  pieces.map((piece) => new TextDecoder('utf-8', { fatal: true }).decode(piece)).join('');

describe('TraceText', () => {
  it('is whole JSON, in however many pieces it is taken', () => {
    const text = new TraceText();
    let told = 0;
    text.onAdded = () => (told += 1);
    const pieces = [text.take()];
    for (let ts = 0; ts < 50; ts += 1) {
      text.write(slice(ts));
      if (ts % 7 === 0) pieces.push(text.take());
    }
    pieces.push(text.take(), text.end());
    const events = JSON.parse(decoded(...pieces)) as TraceEvent[];
    expect(events.map(({ ts }) => ts)).toEqual(Array.from({ length: 50 }, (_, ts) => ts));
    expect([told, text.events, text.lost, text.waiting]).toEqual([50, 50, 0, 0]);
    expect(JSON.parse(decoded(new TraceText().end()))).toEqual([]);
  });

  it('tells at its end what nobody took in time', () => {
    const text = new TraceText();
    for (let ts = 0; ts < 20; ts += 1) text.write(slice(ts, 'x'.repeat(2 ** 20)));
    const { lost } = text;
    expect([lost > 0, text.events + lost]).toEqual([true, 20]);
    text.noteLost();
    const events = JSON.parse(decoded(text.take(), text.end())) as TraceEvent[];
    expect(events.at(-1)).toMatchObject({
      ph: 'i',
      pid: 3,
      tid: 7,
      name: expect.stringMatching(`^${lost} events .*missing`),
    });
  });

  it('says nothing of losses where there were none, nor where its limit tells of them', () => {
    const [whole, full] = [new TraceText(), new TraceText(1_000)];
    for (const text of [whole, full]) {
      for (let ts = 0; ts < 100; ts += 1) text.write(slice(ts));
      text.noteLost();
    }
    expect([whole.events, whole.lost, whole.isFull]).toEqual([100, 0, false]);
    const events = JSON.parse(decoded(full.take(), full.end())) as TraceEvent[];
    expect([events.at(-1)?.name, full.isFull]).toEqual(['the trace ends here: its limit of 0 MiB is reached', true]);
    expect(full.lost + events.length).toBe(101);
  });
});
