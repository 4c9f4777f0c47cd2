import type { LabelScore } from '@kinegraph/core/plugin';
import type { SignDecoderConfig } from './decoder-config.js';
import type { SignEvent } from './sign-events.js';

/** What one classification says of one hand. */
export interface Hop {
  readonly timestampMs: number;
  readonly label: string;
  readonly score: number;
  readonly alternatives: readonly LabelScore[];
  /** What the classifier says of the label; undefined where it says nothing. */
  readonly static?: boolean;
}

/** A sign of the one hand that is looked at. */
export type HandSign = Omit<SignEvent, 'trackId'>;

/** A sign that was told, or will be at its end. */
interface HeldSign {
  readonly label: string;
  readonly startMs: number;
  endMs: number;
  /** Of the classifications that spoke for it: the sum of their scores, and how many they were. */
  sum: number;
  count: number;
  alternatives: readonly LabelScore[];
  /** Hops in a row with a low score. */
  lowHops: number;
}

/** Held shapes are looked back for this much further than they have to be held. */
const LOOK_BACK_MS = 1000;
/** Hops are told by float timestamps. */
const TOLERANCE_MS = 1;

/** The signs of one hand: nothing, then one that is sure, until it is released or another one is sure. */
export class TrackDecoder {
  readonly #hops: Hop[] = [];
  #held: HeldSign | undefined;
  /** Which sign has ended last, and until when nothing speaks for it. */
  readonly #refractory = new Map<string, number>();

  /** For how many hops the hand has not been there. */
  absentHops = 0;

  /** True while a sign is held or not to be told again, or any of the hops that count speaks for one. */
  isBusy(settings: SignDecoderConfig): boolean {
    if (this.#held !== undefined || this.#refractory.size > 0) return true;
    return this.#hops
      .slice(-settings.ofHops)
      .some((hop) => [hop, ...hop.alternatives].some(({ label }) => speaksFor(label, hop, settings)));
  }

  /** @returns what is to be told now */
  step(hop: Hop, settings: SignDecoderConfig): HandSign[] {
    this.#remember(hop, settings);
    const told = this.#mayRelease(hop, settings);
    const sign = this.#nowSure(hop, settings);
    if (sign === undefined) return told;
    told.push(...this.release(hop.timestampMs, settings));
    this.#held = sign;
    if (settings.tellAt === 'sure') told.push(this.#eventOf(sign));
    return told;
  }

  /** The hand has gone, or another sign has come. */
  release(nowMs: number, { tellAt, refractoryMs }: SignDecoderConfig): HandSign[] {
    const held = this.#held;
    if (held === undefined) return [];
    this.#held = undefined;
    this.#refractory.set(held.label, nowMs + refractoryMs);
    return tellAt === 'release' ? [this.#eventOf(held)] : [];
  }

  #remember(hop: Hop, { ofHops, heldMs }: SignDecoderConfig): void {
    this.#hops.push(hop);
    const since = hop.timestampMs - heldMs - LOOK_BACK_MS;
    while (this.#hops.length > ofHops && (this.#hops[0]?.timestampMs ?? since) < since) this.#hops.shift();
    for (const [label, untilMs] of this.#refractory) {
      if (untilMs < since) this.#refractory.delete(label);
    }
  }

  #mayRelease(hop: Hop, settings: SignDecoderConfig): HandSign[] {
    const held = this.#held;
    if (held === undefined) return [];
    if (speaksFor(held.label, hop, settings)) {
      held.endMs = hop.timestampMs;
      held.sum += scoreOf(held.label, hop);
      held.count += 1;
      held.alternatives = hop.alternatives;
    }
    const isLow = scoreOf(held.label, hop) < Math.min(settings.releaseScore, settings.sureScore);
    held.lowHops = isLow ? held.lowHops + 1 : 0;
    return held.lowHops < settings.releaseHops ? [] : this.release(hop.timestampMs, settings);
  }

  /** The sign that this hop makes sure; undefined where it makes none, or none but the held one. */
  #nowSure(hop: Hop, settings: SignDecoderConfig): HeldSign | undefined {
    const { label } = hop;
    if (label === this.#held?.label || !this.#counts(label, hop, settings)) return undefined;
    const last = this.#hops.slice(-settings.ofHops).filter((each) => this.#counts(label, each, settings));
    if (last.length < Math.min(settings.sureHops, settings.ofHops)) return undefined;
    const run = this.#runOf(label, settings);
    const startMs = run[0]?.timestampMs ?? hop.timestampMs;
    const { staticLabels, heldMs } = settings;
    const isStatic = staticLabels === undefined ? hop.static === true : staticLabels.includes(label);
    if (isStatic && hop.timestampMs - startMs < heldMs - TOLERANCE_MS) return undefined;
    const sum = run.reduce((total, each) => total + scoreOf(label, each), 0);
    const { timestampMs: endMs, alternatives } = hop;
    return { label, startMs, endMs, sum, count: run.length, alternatives, lowHops: 0 };
  }

  /** The hops that speak for a sign, back to where as many in a row as would release it do not, or that far back. */
  #runOf(label: string, settings: SignDecoderConfig): Hop[] {
    const run: Hop[] = [];
    let missed = 0;
    for (let at = this.#hops.length - 1; at >= 0 && missed < Math.max(2, settings.releaseHops); at -= 1) {
      const hop = this.#hops[at];
      if (hop === undefined) break;
      const counts = this.#counts(label, hop, settings);
      missed = counts ? 0 : missed + 1;
      if (counts) run.unshift(hop);
    }
    return run;
  }

  #counts(label: string, hop: Hop, settings: SignDecoderConfig): boolean {
    const untilMs = this.#refractory.get(label) ?? Number.NEGATIVE_INFINITY;
    return hop.timestampMs >= untilMs && speaksFor(label, hop, settings);
  }

  #eventOf({ label, startMs, endMs, sum, count, alternatives }: HeldSign): HandSign {
    return { label, score: sum / count, startMs, endMs, alternatives };
  }
}

/** Also where the classifier answered none, since the score is below the label's threshold: that is for the hop that makes it sure. */
function speaksFor(label: string, hop: Hop, { sureScore, noneLabel }: SignDecoderConfig): boolean {
  return label !== noneLabel && scoreOf(label, hop) > sureScore;
}

/** What is not among the best has next to no score. */
function scoreOf(label: string, hop: Hop): number {
  if (hop.label === label) return hop.score;
  return hop.alternatives.find((each) => each.label === label)?.score ?? 0;
}
