import { coco17, hand21, pose33 } from '@kinegraph/core';
import type { ResultLine, Skeleton } from '@kinegraph/core';

/** Points that tell most about a hand or body, in the width of a terminal. */
const KEY_POINTS: Readonly<Record<string, readonly string[]>> = {
  [hand21.id]: ['wrist', 'thumbTip', 'indexTip', 'pinkyTip'],
  [pose33.id]: ['nose', 'leftWrist', 'rightWrist'],
  [coco17.id]: ['nose', 'leftWrist', 'rightWrist'],
};
const SKELETONS: ReadonlyMap<string, Skeleton> = new Map(
  [hand21, pose33, coco17].map((skeleton) => [skeleton.id, skeleton]),
);
const ANGLES_SHOWN = 5;

const row = (time: string, age: string, what: string, details: string): string =>
  `${time.padStart(8)}  ${age.padStart(7)}  ${what.padEnd(20)}  ${details}`.trimEnd();

/** Result lines as rows of a table. */
export const resultRows = {
  title: row('time s', 'age ms', 'what', 'where (fractions of the picture) or angles (degrees)'),
  of: rowsOf,
};

function rowsOf(line: unknown): readonly string[] {
  const { timestampMs, ageMs, value } = line as ResultLine; // it comes from our own sink
  const time = (timestampMs / 1000).toFixed(2);
  const age = ageMs.toFixed(1);
  const tracks = isObject(value) && Array.isArray(value['tracks']) ? value['tracks'].filter(isObject) : undefined;
  if (tracks === undefined) return [row(time, age, '', JSON.stringify(value))];
  if (tracks.length === 0) return [row(time, age, 'nothing', '')];
  return tracks.map((track) => row(time, age, nameOf(track), detailsOf(track)));
}

function nameOf(track: Readonly<Record<string, unknown>>): string {
  const skeleton = String(track['skeleton']);
  const kind = skeleton.startsWith('hand') ? 'hand' : 'person';
  const side = typeof track['handedness'] === 'string' ? `${track['handedness']} ` : '';
  const score = typeof track['score'] === 'number' ? `  ${track['score'].toFixed(2)}` : '';
  return `${side}${kind} ${String(track['trackId'])}${score}`;
}

function detailsOf(track: Readonly<Record<string, unknown>>): string {
  const { degrees, image } = track;
  if (isObject(degrees)) {
    const angles = Object.entries(degrees);
    const shown = angles.slice(0, ANGLES_SHOWN).map(([joint, angle]) => `${joint} ${Number(angle).toFixed(0)}`);
    return [...shown, ...(angles.length > ANGLES_SHOWN ? [`and ${angles.length - ANGLES_SHOWN} more`] : [])].join('  ');
  }
  const skeleton = SKELETONS.get(String(track['skeleton']));
  if (skeleton === undefined || !Array.isArray(image)) return '';
  return (KEY_POINTS[skeleton.id] ?? [])
    .map((point) => {
      const [x, y] = image[skeleton.points.indexOf(point)] as readonly number[];
      return `${point} ${(x ?? Number.NaN).toFixed(3)} ${(y ?? Number.NaN).toFixed(3)}`;
    })
    .join('  ');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
