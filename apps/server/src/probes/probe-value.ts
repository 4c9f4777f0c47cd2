import { LANDMARK_STRIDE, toJson } from '@kinegraph/core';
import type { Angles, Classification, Detections, Landmarks, Tensor } from '@kinegraph/core';
import { isLandmarks } from '@kinegraph/core/protocol';
import type { ProbeValue } from '@kinegraph/core/protocol';

const DIGITS = 4;
/** Of a text that nobody reads to its end. */
const MOST_LETTERS = 4000;
/** Of a strip: more cannot be told apart. */
const MOST_ROWS = 64;
const MOST_COLUMNS = 64;
/** Of a tensor; of a larger one every so many. */
const MOST_ELEMENTS = 65_536;

/** What a probe shows of a value of a wire that is no frame: told by the value itself, since ports may be of any type. */
export function probeValue(value: unknown): ProbeValue {
  if (typeof value === 'number') return { kind: 'numbers', series: { value: finite(value) } };
  if (typeof value !== 'object' || value === null) return asText(value);
  if (isLandmarks(value)) return { kind: 'landmarks', value: toJson(imagesOnly(value), DIGITS) };
  if (isWindow(value)) return windowValue(value.packets);
  if (isTensors(value)) return tensorsValue(value.tensors);
  if (isDetections(value)) return { kind: 'detections', ...(toJson(value, 2) as Detections) };
  if (isAngles(value)) return { kind: 'numbers', series: degreesOf(value) };
  if (isClassification(value))
    return { kind: 'labels', tracks: toJson(value.tracks, DIGITS) as Classification['tracks'] };
  return asText(value);
}

/** World landmarks are not drawn. */
function imagesOnly({ frameWidth, frameHeight, tracks }: Landmarks): Landmarks {
  return { frameWidth, frameHeight, tracks: tracks.map(({ world: _, ...track }) => track) };
}

/** By joint; with several tracks each has its number before it. */
function degreesOf({ tracks }: Angles): Readonly<Record<string, number | null>> {
  const prefix = (skeleton: string, id: number): string => (tracks.length > 1 ? `${skeleton} ${id} ` : '');
  return Object.fromEntries(
    tracks.flatMap(({ skeleton, trackId, degrees }) =>
      Object.entries(degrees).map(([joint, angle]) => [`${prefix(skeleton, trackId)}${joint}`, finite(angle)]),
    ),
  );
}

function windowValue(packets: readonly { readonly timestampMs: number; readonly value: unknown }[]): ProbeValue {
  const [first, last] = [packets[0], packets.at(-1)];
  const spanMs = first === undefined || last === undefined ? 0 : Math.round(last.timestampMs - first.timestampMs);
  const step = Math.max(1, packets.length / MOST_ROWS);
  const shown = Array.from(
    { length: Math.min(packets.length, MOST_ROWS) },
    (_, row) => packets[Math.floor(row * step)],
  );
  const rows = shown.map((packet) => numbersOf(packet?.value).slice(0, MOST_COLUMNS));
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  return {
    ...{ kind: 'window', packets: packets.length, spanMs },
    rows: columns === 0 ? [] : rows.map((row) => Array.from({ length: columns }, (_, column) => row[column] ?? null)),
  };
}

/** The numbers of a value in a row: of landmarks x and y of the first track. */
function numbersOf(value: unknown): readonly (number | null)[] {
  if (typeof value === 'number') return [finite(value)];
  if (value instanceof Float32Array || value instanceof Float64Array) return Array.from(value, finite);
  if (typeof value !== 'object' || value === null) return [];
  if (isLandmarks(value)) {
    const image = value.tracks[0]?.image ?? [];
    return Array.from(image).flatMap((number, index) => (index % LANDMARK_STRIDE < 2 ? [finite(number)] : []));
  }
  if (isAngles(value)) return Object.values(value.tracks[0]?.degrees ?? {}).map(finite);
  return [];
}

function tensorsValue(tensors: Readonly<Record<string, Tensor>>): ProbeValue {
  return {
    kind: 'tensors',
    tensors: Object.entries(tensors).map(([name, { type, dims, data }]) => {
      const step = Math.max(1, Math.ceil(data.length / MOST_ELEMENTS));
      let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
      for (let index = 0; index < data.length; index += step) {
        const element = Number(data[index]);
        if (!Number.isFinite(element)) continue;
        min = Math.min(min, element);
        max = Math.max(max, element);
        sum += element;
        count += 1;
      }
      const told = (number: number): number | null => (count === 0 ? null : Number(number.toPrecision(6)));
      return { name, type, dims: [...dims], min: told(min), max: told(max), mean: told(sum / count) };
    }),
  };
}

function asText(value: unknown): ProbeValue {
  const text = JSON.stringify(toJson(value, DIGITS), undefined, 1) ?? String(value);
  return { kind: 'json', text: text.slice(0, MOST_LETTERS), isCut: text.length > MOST_LETTERS };
}

const SCALE = 10 ** DIGITS;
const finite = (number: number): number | null => (Number.isFinite(number) ? Math.round(number * SCALE) / SCALE : null);

function isWindow(value: object): value is { packets: readonly { timestampMs: number; value: unknown }[] } {
  return 'packets' in value && 'startMs' in value && Array.isArray(value.packets);
}

function isTensors(value: object): value is { tensors: Readonly<Record<string, Tensor>> } {
  if (!('tensors' in value) || typeof value.tensors !== 'object' || value.tensors === null) return false;
  return Object.values(value.tensors).every(
    (tensor: unknown) => typeof tensor === 'object' && tensor !== null && 'dims' in tensor && 'data' in tensor,
  );
}

const isDetections = (value: object): value is Detections => 'detections' in value && Array.isArray(value.detections);

const isAngles = (value: object): value is Angles => haveTracks(value, 'degrees');
const isClassification = (value: object): value is Classification => haveTracks(value, 'label');

/** Of no tracks at all nobody can tell what they would be: they are told as text. */
function haveTracks(value: object, key: string): boolean {
  if (!('tracks' in value) || !Array.isArray(value.tracks) || value.tracks.length === 0) return false;
  return value.tracks.every((track: unknown) => typeof track === 'object' && track !== null && key in track);
}
