import { LANDMARK_STRIDE, coco17 } from '../vision/index.js';
import type { Box, Detections, Landmarks, TrackedLandmarks } from '../vision/index.js';
import { seededRandom } from './seeded-random.js';

/** A person of a scene: where the middle of the body is, in pixels. */
export interface ScenePerson {
  readonly id: number;
  readonly heightPx: number;
  centre(timestampMs: number): { readonly x: number; readonly y: number };
  /** In the picture at this time. Left out: always. */
  isThere?(timestampMs: number): boolean;
}

/** What a detector makes of the people of a scene. All shares are 0-1. */
export interface SceneOptions {
  readonly people: readonly ScenePerson[];
  readonly seconds: number;
  readonly framesPerSecond?: number;
  /** How much the time between two frames varies. */
  readonly irregularity?: number;
  /** Standard deviation of points and edges, in heights of the person. */
  readonly noise?: number;
  /** Of the people that can be seen: how many are not found. */
  readonly missed?: number;
  /** Of those found: how many score low. */
  readonly unsure?: number;
  /** False finds in a frame, on average. */
  readonly falseFinds?: number;
  /** Who is behind somebody else is found with a low score, or not at all. */
  readonly occlusion?: boolean;
  readonly seed?: number;
}

/** One frame of a scene: what was found, in any order, and who it really is. */
export interface SceneFrame {
  readonly timestampMs: number;
  readonly landmarks: Landmarks;
  readonly boxes: Detections;
  /** For each find the person's id; undefined for a false one. */
  readonly truth: readonly (number | undefined)[];
  /** Ids of all people in the picture. */
  readonly present: readonly number[];
}

const FRAME = { frameWidth: 1280, frameHeight: 720 };
/** Width of a person's box, in heights. */
const ASPECT = 0.4;
/** More covered than this, a person scores low; more than the other, the person is not found. */
const HALF_HIDDEN = 0.5;
const HIDDEN = 0.85;

/** Where the 17 points are in the box of somebody who stands: x from -0.5 to 0.5, y from 0 to 1. */
const STANDING: readonly (readonly [number, number])[] = [
  ...([
    [0, 0.08],
    [0.06, 0.06],
    [-0.06, 0.06],
    [0.12, 0.08],
    [-0.12, 0.08],
    [0.28, 0.2],
    [-0.28, 0.2],
  ] as const),
  ...([
    [0.36, 0.36],
    [-0.36, 0.36],
    [0.38, 0.5],
    [-0.38, 0.5],
    [0.18, 0.52],
    [-0.18, 0.52],
  ] as const),
  ...([
    [0.18, 0.75],
    [-0.18, 0.75],
    [0.18, 0.97],
    [-0.18, 0.97],
  ] as const),
];

/** What a detector of people finds in a scene, frame by frame; the same for the same seed. */
export function* peopleScene(options: SceneOptions): Generator<SceneFrame> {
  const { people, seconds, framesPerSecond = 30, irregularity = 0, seed = 1 } = options;
  const { noise = 0.01, missed = 0, unsure = 0, falseFinds = 0, occlusion = false } = options;
  const random = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const intervalMs = 1000 / framesPerSecond;
  for (let frame = 0; frame < seconds * framesPerSecond; frame += 1) {
    const timestampMs = (frame + irregularity * (random() - 0.5)) * intervalMs + 1000;
    const there = people.filter((person) => person.isThere?.(timestampMs) ?? true);
    const boxOf = (person: ScenePerson): Box => {
      const { x, y } = person.centre(timestampMs);
      const [width, height] = [person.heightPx * ASPECT, person.heightPx];
      return { x: x - width / 2, y: y - height / 2, width, height };
    };
    const finds: { readonly id: number | undefined; readonly box: Box; readonly score: number }[] = [];
    for (const person of there) {
      const box = boxOf(person);
      const bottom = box.y + box.height;
      const hidden = there
        .filter((other) => occlusion && other !== person && boxOf(other).y + boxOf(other).height > bottom)
        .reduce((most, other) => Math.max(most, coveredBy(box, boxOf(other))), 0);
      if (random() < missed || hidden > HIDDEN) continue;
      const isUnsure = random() < unsure || hidden > HALF_HIDDEN;
      finds.push({ id: person.id, box, score: isUnsure ? 0.15 + 0.3 * random() : 0.7 + 0.25 * random() });
    }
    while (random() < falseFinds / (1 + falseFinds)) {
      const height = 80 + 150 * random();
      const [x, y] = [random() * (FRAME.frameWidth - ASPECT * height), random() * (FRAME.frameHeight - height)];
      finds.push({ id: undefined, box: { x, y, width: ASPECT * height, height }, score: 0.15 + 0.5 * random() });
    }
    shuffle(finds, random);
    const found = finds.map(({ id, box, score }) => {
      const shaken = shake(box, noise * box.height, gauss);
      const track = poseIn(box, timestampMs, { score, noisePx: noise * box.height, gauss, phase: id ?? 0 });
      return { id, track, detection: { label: 'person', score, box: shaken } };
    });
    yield {
      timestampMs,
      landmarks: { ...FRAME, tracks: found.map(({ track }, index) => ({ ...track, trackId: frame * 1000 + index })) },
      boxes: { ...FRAME, detections: found.map(({ detection }) => detection) },
      truth: found.map(({ id }) => id),
      present: there.map(({ id }) => id),
    };
  }
}

/** Someone who walks to and fro between the edges of the picture, at a height of the picture and a speed of their own. */
export function aWalker(id: number, seed = id): ScenePerson {
  const random = seededRandom(7919 * (seed + 1));
  const heightPx = 150 + 150 * random();
  const speed = (0.3 + 0.7 * random()) * heightPx * (random() < 0.5 ? -1 : 1);
  const [start, y] = [random() * FRAME.frameWidth, 200 + 320 * random()];
  const [sway, phase] = [0.05 * heightPx, 6.28 * random()];
  return {
    id,
    heightPx,
    centre(timestampMs) {
      const seconds = timestampMs / 1000;
      const way = start + speed * seconds + 4 * sway * Math.sin(0.9 * seconds + phase);
      const round = ((way % (2 * FRAME.frameWidth)) + 2 * FRAME.frameWidth) % (2 * FRAME.frameWidth);
      const x = round < FRAME.frameWidth ? round : 2 * FRAME.frameWidth - round;
      return { x, y: y + sway * Math.sin(1.7 * seconds + phase) };
    },
  };
}

/** The share of a box that another one covers. */
function coveredBy(box: Box, other: Box): number {
  const width = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const height = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return width > 0 && height > 0 ? (width * height) / (box.width * box.height) : 0;
}

function shake({ x, y, width, height }: Box, noisePx: number, gauss: () => number): Box {
  const [left, top] = [x + noisePx * gauss(), y + noisePx * gauss()];
  const [right, bottom] = [x + width + noisePx * gauss(), y + height + noisePx * gauss()];
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

function poseIn(
  { x, y, width, height }: Box,
  timestampMs: number,
  how: { readonly score: number; readonly noisePx: number; readonly gauss: () => number; readonly phase: number },
): Omit<TrackedLandmarks, 'trackId'> {
  const image = new Float32Array(STANDING.length * LANDMARK_STRIDE);
  for (const [point, [across, down]] of STANDING.entries()) {
    // Limbs swing as they do in walking; head and trunk do not.
    const swing = point < 7 ? 0 : 0.1 * Math.sin(timestampMs / 160 + how.phase + (point % 2) * Math.PI);
    const pointX = x + (0.5 + across + swing) * width + how.noisePx * how.gauss();
    const pointY = y + down * height + how.noisePx * how.gauss();
    image.set([pointX / FRAME.frameWidth, pointY / FRAME.frameHeight, 0, how.score], point * LANDMARK_STRIDE);
  }
  return { skeleton: coco17.id, score: how.score, image };
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = list[last] as T; // both places are in the list
    list[last] = list[other] as T;
    list[other] = kept;
  }
}
