import type { ResultMessage } from '@kinegraph/core/protocol';
import type { ToldSign } from './live-memory.js';

/** What was found of one track in place of, or besides, its landmarks. */
export interface TrackValues {
  readonly trackId: number;
  /** Undefined where the value does not say: it then belongs to the track of this id of any skeleton. */
  readonly skeleton: string | undefined;
  /** The best class with how sure the model is. */
  readonly label?: { readonly text: string; readonly score: number };
  /** In degrees, by joint. */
  readonly degrees?: Readonly<Record<string, number>>;
}

/** A box around something, as fractions of the picture. */
export interface FoundBox {
  readonly label: string;
  /** 0-1. */
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Loose = Readonly<Record<string, unknown>>;

/** Angles and labels in a value of a result; none where it is something else. */
export function trackValuesOf(value: unknown): readonly TrackValues[] {
  return listOf(value, 'tracks').flatMap((track) => {
    const { trackId, skeleton, label, score, degrees } = track;
    if (typeof trackId !== 'number') return [];
    const has = {
      ...(typeof label === 'string' && typeof score === 'number' ? { label: { text: label, score } } : {}),
      ...(isLoose(degrees) ? { degrees: numbersOf(degrees) } : {}),
    };
    if (Object.keys(has).length === 0) return [];
    return [{ trackId, skeleton: typeof skeleton === 'string' ? skeleton : undefined, ...has }];
  });
}

/** Boxes in a value of a result; none where it is something else. */
export function boxesOf(value: unknown): readonly FoundBox[] {
  if (!isLoose(value)) return [];
  const { frameWidth, frameHeight } = value;
  if (typeof frameWidth !== 'number' || typeof frameHeight !== 'number' || !(frameWidth > 0 && frameHeight > 0))
    return [];
  return listOf(value, 'detections').flatMap(({ label, score, box }) => {
    if (typeof label !== 'string' || typeof score !== 'number' || !isLoose(box)) return [];
    const { x, y, width, height } = box;
    const sides = [x, y, width, height];
    if (!sides.every((side) => typeof side === 'number' && Number.isFinite(side))) return [];
    const [left = 0, top = 0, wide = 0, high = 0] = sides as number[]; // looked at just above
    return [
      {
        ...{ label, score, x: left / frameWidth, y: top / frameHeight },
        ...{ width: wide / frameWidth, height: high / frameHeight },
      },
    ];
  });
}

/** The signs that a result tells of. Their times are those of the stream; the result's own tell how the clocks differ. */
export function signsOf({ values, timestampMs, capturedAtMs }: ResultMessage): readonly ToldSign[] {
  return Object.values(values).flatMap((value) =>
    listOf(value, 'events').flatMap(({ label, score, startMs, endMs }) => {
      if (typeof label !== 'string' || typeof score !== 'number') return [];
      const toSender = capturedAtMs - timestampMs;
      const fromMs = typeof startMs === 'number' ? startMs + toSender : capturedAtMs;
      const toMs = typeof endMs === 'number' ? endMs + toSender : capturedAtMs;
      return [{ label, score, fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) }];
    }),
  );
}

function listOf(value: unknown, key: string): readonly Loose[] {
  if (!isLoose(value)) return [];
  const list = value[key];
  return Array.isArray(list) ? (list as unknown[]).filter(isLoose) : [];
}

function numbersOf(values: Loose): Readonly<Record<string, number>> {
  const entries = Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return Object.fromEntries(entries);
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
