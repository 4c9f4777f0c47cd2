import { coco17, hand21, pose33 } from '@kinegraph/core';
import type { ResultLine, Skeleton } from '@kinegraph/core';

/** What those that come with the core are called, and the points that tell most of them in the width of a terminal. */
const KNOWN: ReadonlyMap<string, { readonly name: string; readonly points: readonly (readonly [string, number])[] }> =
  new Map([
    known(hand21, 'hand', ['wrist', 'thumbTip', 'indexTip', 'pinkyTip']),
    known(pose33, 'person', ['nose', 'leftWrist', 'rightWrist']),
    known(coco17, 'person', ['nose', 'leftWrist', 'rightWrist']),
  ]);
/** Of any other skeleton: its first points, by their numbers. */
const FIRST_POINTS = [0, 1, 2].map((index) => [`point ${index}`, index] as const);
const ANGLES_SHOWN = 5;
const ALTERNATIVES_SHOWN = 2;

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
  const events = isObject(value) && Array.isArray(value['events']) ? value['events'].filter(isObject) : undefined;
  if (events !== undefined) return events.map((event) => row(time, age, labelOf(event), eventDetailsOf(event)));
  const tracks = isObject(value) && Array.isArray(value['tracks']) ? value['tracks'].filter(isObject) : undefined;
  if (tracks === undefined) return [row(time, age, '', JSON.stringify(value))];
  if (tracks.length === 0) return [row(time, age, 'nothing', '')];
  return tracks.map((track) => row(time, age, nameOf(track), detailsOf(track)));
}

/** What a classification or an event says: a label with its score. */
function labelOf({ label, score }: Readonly<Record<string, unknown>>): string {
  return `${String(label)}${typeof score === 'number' ? `  ${score.toFixed(2)}` : ''}`;
}

/** When a sign was made, by which hand, and what else it might have been. */
function eventDetailsOf(event: Readonly<Record<string, unknown>>): string {
  const { trackId, startMs, endMs } = event;
  const seconds = (ms: unknown): string => (Number(ms) / 1000).toFixed(2);
  return [`hand ${String(trackId)}`, `${seconds(startMs)}-${seconds(endMs)} s`, ...alternativesOf(event)].join('  ');
}

function alternativesOf({ alternatives }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(alternatives) || alternatives.length === 0) return [];
  return [`or ${alternatives.filter(isObject).slice(0, ALTERNATIVES_SHOWN).map(labelOf).join(', ')}`];
}

function nameOf(track: Readonly<Record<string, unknown>>): string {
  if (typeof track['label'] === 'string') return labelOf(track);
  const skeleton = String(track['skeleton']);
  const kind = KNOWN.get(skeleton)?.name ?? skeleton;
  const side = typeof track['handedness'] === 'string' ? `${track['handedness']} ` : '';
  const score = typeof track['score'] === 'number' ? `  ${track['score'].toFixed(2)}` : '';
  return `${side}${kind} ${String(track['trackId'])}${score}`;
}

function detailsOf(track: Readonly<Record<string, unknown>>): string {
  const { degrees, image, label, trackId } = track;
  if (typeof label === 'string') return [`track ${String(trackId)}`, ...alternativesOf(track)].join('  ');
  if (isObject(degrees)) {
    const angles = Object.entries(degrees);
    const shown = angles.slice(0, ANGLES_SHOWN).map(([joint, angle]) => `${joint} ${Number(angle).toFixed(0)}`);
    return [...shown, ...(angles.length > ANGLES_SHOWN ? [`and ${angles.length - ANGLES_SHOWN} more`] : [])].join('  ');
  }
  if (!Array.isArray(image)) return '';
  return (KNOWN.get(String(track['skeleton']))?.points ?? FIRST_POINTS.slice(0, image.length))
    .map(([point, index]) => {
      const [x, y] = image[index] as readonly number[];
      return `${point} ${(x ?? Number.NaN).toFixed(3)} ${(y ?? Number.NaN).toFixed(3)}`;
    })
    .join('  ');
}

function known({ id, points }: Skeleton, name: string, shown: readonly string[]) {
  return [id, { name, points: shown.map((point) => [point, points.indexOf(point)] as const) }] as const;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
