import { SIGN_LABELS, isStaticSign, sampleNegative, sampleStream, sampleTake } from '@kinegraph/signer';
import type { SeededRandom, SignTake } from '@kinegraph/signer';
import { NONE_CLASS } from './sign-classes.js';
import { featuresOfTake, featuresUpTo } from './take-features.js';

/** What a batch is made of, in shares that add up to 1 at most; the rest are takes of signs. */
export interface SampleShares {
  /** Rest, changes, scratching and the like. */
  readonly negatives: number;
  /** Hands held in other shapes than those of our signs. */
  readonly unknown: number;
  /** Windows cut anywhere from long streams of signs. */
  readonly streams: number;
}

/** This share of the takes of signs comes from a camera that gives every second frame only. */
const HALVED_SHARE = 0.2;

/** One window to learn from. */
export interface SignSample {
  readonly features: Float32Array;
  /** An index of `CLASS_LABELS`. */
  readonly target: number;
}

/** A sign is told from this much of it on, and no more from this long after its end. */
const SHOWN_MS = 420;
const SHOWN_SHARE = 0.65;
const FRESH_MS = 180;
/** Less of a sign than this is none yet; this long after its end it is none any more. Between them a window is not used. */
const HARDLY_SHOWN_MS = 170;
const HARDLY_SHOWN_SHARE = 0.3;
const FORGOTTEN_MS = 300;
const WINDOWS_A_STREAM = 12;

/** Draws windows for one batch of the default model; keeps what is left of a stream for the next draw. */
export class SignSampler {
  #fromStreams: SignSample[] = [];

  constructor(private readonly shares: SampleShares) {}

  sample(random: SeededRandom): SignSample {
    for (;;) {
      const sample = this.#draw(random);
      if (sample !== undefined) return sample;
    }
  }

  #draw(random: SeededRandom): SignSample | undefined {
    const { negatives, unknown, streams } = this.shares;
    const draw = random.next();
    if (draw < negatives) return ofTake(sampleNegative(random), NONE_CLASS);
    if (draw < negatives + unknown) {
      return ofTake(unknownTake(random), NONE_CLASS);
    }
    if (draw < negatives + unknown + streams) return this.#ofStream(random);
    const target = Math.floor(random.next() * SIGN_LABELS.length);
    const label = SIGN_LABELS[target];
    if (label === undefined) return undefined;
    const conditions = random.next() < HALVED_SHARE ? { dropEvery: 2 } : {};
    return ofTake(sampleTake(label, random, conditions), target);
  }

  #ofStream(random: SeededRandom): SignSample | undefined {
    if (this.#fromStreams.length === 0) this.#fromStreams = streamSamples(random);
    return this.#fromStreams.pop();
  }
}

/**
 * Letters that are no sign of ours and look like none: not s, which is the sign `fist`, and not m, n and t, whose joints lie
 * as those of a fist do.
 */
const UNKNOWN_LETTERS = ['e', 'h', 'k', 'p', 'q', 'r', 'x'] as const;

/** A hand held in another shape: near a sign of ours, or in another letter. */
function unknownTake(random: SeededRandom): SignTake {
  if (random.next() < 0.5) return sampleNegative(random, { kind: 'near-sign' });
  return sampleTake(UNKNOWN_LETTERS[Math.floor(random.next() * UNKNOWN_LETTERS.length)] ?? 'e', random);
}

function ofTake(take: SignTake, target: number): SignSample | undefined {
  const features = featuresOfTake(take);
  return features && { features, target };
}

/** Windows at random moments of one stream. */
function streamSamples(random: SeededRandom): SignSample[] {
  const stream = sampleStream(random, { signs: SIGN_LABELS, count: 4 });
  const samples: SignSample[] = [];
  for (let index = 0; index < WINDOWS_A_STREAM; index += 1) {
    const endMs = random.between(stream.startMs + 300, stream.endMs);
    const target = shownAt(stream.segments, endMs);
    const features = target === undefined ? undefined : featuresUpTo(stream, endMs);
    if (features !== undefined && target !== undefined) samples.push({ features, target });
  }
  return samples;
}

/** What the window up to `nowMs` shows by the truth; undefined where one may say one or the other. */
function shownAt(
  segments: readonly { readonly label: string; readonly startMs: number; readonly endMs: number }[],
  nowMs: number,
): number | undefined {
  let isUnsure = false;
  for (const { label, startMs, endMs } of segments.toReversed()) {
    const shownMs = Math.min(endMs, nowMs) - Math.max(startMs, nowMs - 1000);
    const overMs = nowMs - endMs;
    const sign = SIGN_LABELS.find((each) => each === label);
    if (sign === undefined) continue;
    const lengthMs = endMs - startMs;
    const [enough, hardly] = isStaticSign(sign)
      ? [SHOWN_MS, HARDLY_SHOWN_MS]
      : [SHOWN_SHARE * lengthMs, HARDLY_SHOWN_SHARE * lengthMs];
    if (shownMs < hardly || overMs > FORGOTTEN_MS) continue;
    if (shownMs >= Math.min(enough, 950) && overMs <= FRESH_MS && !isUnsure) return SIGN_LABELS.indexOf(sign);
    isUnsure = true;
  }
  return isUnsure ? undefined : NONE_CLASS;
}
