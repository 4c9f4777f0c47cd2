import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import { HAND_POINTS, WINDOW_FRAMES } from '../../features/index.js';
import type { HandWindow } from '../../features/index.js';
import type { TrainingRandom } from './random.js';

const SIZE = HAND_POINTS * LANDMARK_STRIDE;
const MIDDLE = 9;

/**
 * Another window as the same person might have made it before the same camera: a little turned, nearer, slanted, faster or later,
 * with jitter and lost frames, now and then taken for the other hand.
 */
export function augmented(window: HandWindow, random: TrainingRandom): HandWindow {
  const warped = warpedInTime(window, random);
  const { landmarks, seen, aspect } = warped;
  const turn = (random.normal() * 8 * Math.PI) / 180;
  // A palm that turns away gets narrower or lower; depth is a guess of the model's, and a worse one.
  const [across, up, depth] = [1 + random.normal() * 0.06, 1 + random.normal() * 0.06, 1 + random.normal() * 0.2];
  const [leanX, leanY] = [random.normal() * 0.1, random.normal() * 0.1];
  const shear = random.normal() * 0.06;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const jitter = 0.012 + 0.015 * random.next();
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    if (seen[frame] === 0) continue;
    const at = frame * SIZE;
    const [originX, originY] = [landmarks[at] ?? 0, landmarks[at + 1] ?? 0];
    const palm = palmOf(landmarks, at, aspect);
    for (let point = 0; point < HAND_POINTS; point += 1) {
      const place = at + point * LANDMARK_STRIDE;
      const x = ((landmarks[place] ?? 0) - originX) * aspect;
      const y = (landmarks[place + 1] ?? 0) - originY;
      const z = (landmarks[place + 2] ?? 0) * aspect;
      const [flatX, flatY] = [x * across + y * shear + z * leanX, y * up + z * leanY];
      const noise = jitter * palm;
      landmarks[place] = originX + (flatX * cos - flatY * sin + random.normal() * noise) / aspect;
      landmarks[place + 1] = originY + flatX * sin + flatY * cos + random.normal() * noise;
      landmarks[place + 2] = (z * depth + random.normal() * noise * 1.5) / aspect;
    }
  }
  return dropped(warped, random);
}

/** The same movement a little faster or slower, earlier or later. */
function warpedInTime(window: HandWindow, random: TrainingRandom): HandWindow & { readonly landmarks: Float32Array } {
  const pace = 1 + random.normal() * 0.12;
  const shift = random.normal() * 1.5;
  const landmarks = new Float32Array(window.landmarks.length);
  const seen = new Uint8Array(WINDOW_FRAMES);
  const middle = (WINDOW_FRAMES - 1) / 2;
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    const at = Math.min(WINDOW_FRAMES - 1, Math.max(0, middle + (frame - middle) * pace + shift));
    const [before, after] = [Math.floor(at), Math.ceil(at)];
    const [hasBefore, hasAfter] = [window.seen[before] === 1, window.seen[after] === 1];
    if (!hasBefore && !hasAfter) continue;
    const weight = hasBefore && hasAfter ? at - before : hasBefore ? 0 : 1;
    seen[frame] = 1;
    for (let value = 0; value < SIZE; value += 1) {
      const from = window.landmarks[before * SIZE + value] ?? 0;
      landmarks[frame * SIZE + value] =
        weight === 0 ? from : from + weight * ((window.landmarks[after * SIZE + value] ?? 0) - from);
    }
  }
  return { ...window, landmarks, seen, seenCount: count(seen) };
}

/** Frames in which no hand was found, and a hand that was taken for the other one. */
function dropped(window: HandWindow, random: TrainingRandom): HandWindow {
  const seen = window.seen.slice();
  const share = random.next() < 0.5 ? 0 : random.next() * 0.4;
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) if (random.next() < share) seen[frame] = 0;
  const landmarks = window.landmarks.map((value, at) => (seen[Math.floor(at / SIZE)] === 0 ? 0 : value));
  const isMistaken = random.next() < 0.03;
  const handedness = isMistaken ? (window.handedness === 'left' ? 'right' : 'left') : window.handedness;
  if (count(seen) < 3) return { ...window, handedness };
  return { ...window, landmarks, seen, seenCount: count(seen), handedness };
}

/**
 * What no sign looks like: one hand on its way to another. Half of them change in the middle of the window, half hold what is
 * between the two.
 */
export function blended(a: HandWindow, b: HandWindow, random: TrainingRandom): HandWindow {
  const landmarks = a.landmarks.slice();
  const isChange = random.next() < 0.75;
  const [hold, middle, pace] = [random.between(0.35, 0.65), random.between(8, 22), random.between(2, 5)];
  const flip = (a.handedness === 'left') !== (b.handedness === 'left') ? -1 : 1;
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    if (a.seen[frame] === 0) continue;
    const other = nearestSeen(b, frame);
    const weight = isChange ? 1 / (1 + Math.exp((middle - frame) / pace)) : hold;
    const [at, from] = [frame * SIZE, other * SIZE];
    const scale = palmOf(a.landmarks, at, a.aspect) / palmOf(b.landmarks, from, b.aspect);
    for (let point = 0; point < HAND_POINTS; point += 1) {
      for (let axis = 0; axis < 3; axis += 1) {
        const place = point * LANDMARK_STRIDE + axis;
        const onAxis = axis === 1 ? scale : ((scale * b.aspect) / a.aspect) * (axis === 0 ? flip : 1);
        const own = (a.landmarks[at + place] ?? 0) - (a.landmarks[at + axis] ?? 0);
        const theirs = ((b.landmarks[from + place] ?? 0) - (b.landmarks[from + axis] ?? 0)) * onAxis;
        landmarks[at + place] = (a.landmarks[at + axis] ?? 0) + own + weight * (theirs - own);
      }
    }
  }
  return { ...a, landmarks };
}

function nearestSeen(window: HandWindow, frame: number): number {
  for (let away = 0; away < WINDOW_FRAMES; away += 1) {
    if (window.seen[frame - away] === 1) return frame - away;
    if (window.seen[frame + away] === 1) return frame + away;
  }
  return frame;
}

/** From the wrist to the root of the middle finger, in heights of the frame; never 0. */
function palmOf(landmarks: Float32Array, at: number, aspect: number): number {
  const to = at + MIDDLE * LANDMARK_STRIDE;
  const x = ((landmarks[to] ?? 0) - (landmarks[at] ?? 0)) * aspect;
  const z = ((landmarks[to + 2] ?? 0) - (landmarks[at + 2] ?? 0)) * aspect;
  return Math.max(Math.hypot(x, (landmarks[to + 1] ?? 0) - (landmarks[at + 1] ?? 0), z), 1e-4);
}

function count(seen: Uint8Array): number {
  let sum = 0;
  for (const one of seen) sum += one;
  return sum;
}
