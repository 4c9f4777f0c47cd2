import { SignDecoder, SignDecoderConfig, type SignEvent } from '@kinegraph/plugin-sign-classifier/decoder';
import { handWindow, isStillThere, signFeatures1, type HandWindow } from '@kinegraph/plugin-sign-classifier/features';
import { nameSign, type SignModel } from '@kinegraph/plugin-sign-classifier/model';
import { SIGN_LABELS, SeededRandom, sampleStream, type SignStream } from '@kinegraph/signer';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { openShippedModel } from './shipped-model.js';

const STREAMS = 30;
const SIGNS = 20;
const HOP_MS = 100;
/** A hand that is away for longer comes back as another track. */
const FORGOTTEN_MS = 500;
/** After the end of a sign it may still be told for this long. */
const LATE_MS = 600;
const TIMED_WINDOWS = 2000;

interface Told extends SignEvent {
  readonly toldMs: number;
}

/** The default model in streams of signs by signers it was not trained with: what is told, what not, and when. */
export const signsStreamBenchmark: Benchmark = {
  name: 'signs-stream',
  title: `${STREAMS} made-up streams of ${SIGNS} signs by signers that training has not met, through the default model and the decoder`,
  async run(tell): Promise<readonly Figure[]> {
    const model = await openShippedModel();
    const tally = { signs: 0, named: 0, wrong: 0, twice: 0, outside: 0, minutesOutside: 0 };
    const delays: number[] = [];
    let window: HandWindow | undefined;
    for (let seed = 1; seed <= STREAMS; seed += 1) {
      const request = { signs: SIGN_LABELS, count: SIGNS, conditions: { heldOut: true } };
      const stream = sampleStream(new SeededRandom(seed), request);
      const { told, last } = await decode(stream, model);
      window ??= last;
      count(stream, told, tally, delays);
      if (seed % 10 === 0) tell(`${seed} streams, ${tally.named} of ${tally.signs} signs named`);
    }
    const timesMs = window === undefined ? [] : await timesOf(window, model);
    await model.release();
    const { signs, named, wrong, twice, outside, minutesOutside } = tally;
    const late = delays.toSorted((a, b) => a - b);
    return [
      { what: 'signs named', value: (100 * named) / signs, unit: '%', target: { atLeast: 92 } },
      { what: 'signs named wrong', value: (100 * wrong) / signs, unit: '%', target: { below: 1.0001 } },
      { what: 'signs named twice', value: (100 * twice) / signs, unit: '%' },
      {
        what: 'false alarms outside of signs',
        value: outside / minutesOutside,
        unit: 'a minute',
        target: { below: 0.5001 },
      },
      { what: "told after the sign's end, median", value: median(delays), unit: 'ms', target: { below: 150.01 } },
      { what: "told after the sign's end, p95", value: late[Math.floor(late.length * 0.95)] ?? Number.NaN, unit: 'ms' },
      { what: 'features and inference of a window, median', value: median(timesMs), unit: 'ms' },
      {
        what: 'features and inference of a window, p95',
        value: timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length * 0.95)] ?? Number.NaN,
        unit: 'ms',
        target: { below: 0.5001 },
      },
    ];
  },
};

/** What the nodes do, hop by hop: windows on even moments, the model, the decoder with its own settings. */
async function decode(stream: SignStream, model: SignModel): Promise<{ told: Told[]; last: HandWindow | undefined }> {
  const decoder = new SignDecoder(SignDecoderConfig.parse({}));
  const told: Told[] = [];
  const { spanMs, noneLabel } = model.card;
  let last: HandWindow | undefined;
  let [from, until, trackId] = [0, 0, 1];
  for (let nowMs = stream.startMs; nowMs <= stream.endMs; nowMs += HOP_MS) {
    for (; (stream.sightings[until]?.timestampMs ?? Infinity) <= nowMs; until += 1) {
      const [before, next] = [stream.sightings[until - 1], stream.sightings[until]];
      if (before === undefined || next === undefined || next.timestampMs - before.timestampMs <= FORGOTTEN_MS) continue;
      trackId += 1;
      from = until;
    }
    while ((stream.sightings[from]?.timestampMs ?? Infinity) < nowMs - spanMs - 250) from += 1;
    const seen = stream.sightings.slice(from, until);
    const hand = handWindow(trackId, seen, stream.aspect, { endMs: nowMs, spanMs });
    if (hand === undefined) continue; // such a window is a skip
    const there = isStillThere(hand) ? [hand] : [];
    const scores = there.length === 0 ? [] : await model.scores(there.map(signFeatures1));
    const tracks = scores.map((score) =>
      nameSign(trackId, score, model.labels, { noneLabel, alternatives: 5, minScore: undefined }),
    );
    told.push(...decoder.step(nowMs, { tracks }).map((event) => ({ ...event, toldMs: nowMs })));
    last = hand;
  }
  return { told, last };
}

function count(
  { segments, startMs, endMs }: SignStream,
  told: readonly Told[],
  tally: { signs: number; named: number; wrong: number; twice: number; outside: number; minutesOutside: number },
  delays: number[],
): void {
  const left = new Set(told);
  for (const [index, { label, startMs: fromMs, endMs: toMs }] of segments.entries()) {
    const untilMs = Math.min(toMs + LATE_MS, (segments[index + 1]?.startMs ?? Infinity) + HOP_MS);
    // What is told within a hop of the start was seen before it.
    const during = [...left].filter(({ toldMs }) => toldMs >= fromMs + HOP_MS && toldMs <= untilMs);
    const right = during.filter((event) => event.label === label);
    for (const event of during) left.delete(event);
    tally.signs += 1;
    if (right[0] !== undefined) {
      tally.named += 1;
      delays.push(right[0].toldMs - toMs);
    }
    if (right.length > 1) tally.twice += 1;
    if (during.length > right.length) tally.wrong += 1;
  }
  tally.outside += left.size;
  const signingMs = segments.reduce((sum, { startMs: fromMs, endMs: toMs }) => sum + toMs - fromMs, 0);
  tally.minutesOutside += (endMs - startMs - signingMs) / 60_000;
}

async function timesOf(window: HandWindow, model: SignModel): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < TIMED_WINDOWS; round += 1) {
    const startedMs = performance.now();
    await model.scores([signFeatures1(window)]);
    times.push(performance.now() - startedMs);
  }
  return times.slice(100); // the first ones warm up
}
