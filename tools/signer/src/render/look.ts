import { normalize, type Vec3 } from '../geometry/vec3.js';
import type { SeededRandom } from '../random.js';

/** A colour as linear light, 0-1 for red, green and blue. */
export type Color = readonly [red: number, green: number, blue: number];

/** Everything about a picture that is not geometry. */
export interface Look {
  /** The back of the hand and the forearm. */
  readonly skin: Color;
  /** The palm's side, and the blush of finger tips and knuckles. */
  readonly palm: Color;
  readonly blush: Color;
  readonly nail: Color;
  readonly sleeve: Color;
  /** The wall behind, at the top and at the bottom of the picture. */
  readonly wallTop: Color;
  readonly wallBottom: Color;
  /** The direction to the key light. */
  readonly keyDirection: Vec3;
}

/** Pairs of skin colours (back and palm of the hand), sRGB hexadecimal, from light to dark. */
const SKINS: readonly (readonly [back: string, palm: string])[] = [
  ['e3b18f', 'efc0a6'],
  ['d6a07c', 'e8b498'],
  ['c68c66', 'dda88a'],
  ['a8714d', 'cf9a7c'],
];
const SLEEVES: readonly string[] = ['2f4858', '4b3f5c', '3c5a4a', '5a4238'];
const WALLS: readonly (readonly [top: string, bottom: string])[] = [
  ['8fa3ad', '5f7480'],
  ['a9a59c', '777268'],
  ['93a893', '637763'],
  ['9c9db3', '6a6b82'],
];

/** Linear light of an sRGB hexadecimal colour such as "e3b18f". */
export function colorOf(hex: string): Color {
  const channel = (start: number): number => toLinear(Number.parseInt(hex.slice(start, start + 2), 16) / 255);
  return [channel(0), channel(2), channel(4)];
}

/** The middling look: what seed 1 of the clip is drawn with when nothing else is asked for. */
export function lookOf(skinIndex: number, sleeveIndex: number, wallIndex: number, keyDirection: Vec3): Look {
  const [skin = 'd6a07c', palm = 'e8b498'] = SKINS[skinIndex % SKINS.length] ?? [];
  const [wallTop = '8fa3ad', wallBottom = '5f7480'] = WALLS[wallIndex % WALLS.length] ?? [];
  const palmColor = colorOf(palm);
  return {
    skin: colorOf(skin),
    palm: palmColor,
    blush: [palmColor[0], palmColor[1] * 0.78, palmColor[2] * 0.74],
    nail: [palmColor[0] * 1.05, palmColor[1] * 0.95, palmColor[2] * 0.95],
    sleeve: colorOf(SLEEVES[sleeveIndex % SLEEVES.length] ?? '2f4858'),
    wallTop: colorOf(wallTop),
    wallBottom: colorOf(wallBottom),
    keyDirection: normalize(keyDirection),
  };
}

/** The look of one recording: skin, sleeve, wall and light drawn by chance. */
export function randomLook(random: SeededRandom): Look {
  const pick = (choices: readonly unknown[]): number => Math.floor(random.next() * choices.length);
  const [skin, sleeve, wall] = [pick(SKINS), pick(SLEEVES), pick(WALLS)];
  return lookOf(skin, sleeve, wall, [random.between(-0.6, 0.2), random.between(0.5, 0.8), random.between(0.6, 0.9)]);
}

/** One channel from sRGB (0-1) to linear light. */
function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light is looked up in steps this fine: well under one byte's step even in the shadows. */
const STEPS_PER_UNIT = 8192;
const BRIGHTEST = 2;
const BYTES = Uint8Array.from({ length: BRIGHTEST * STEPS_PER_UNIT + 1 }, (_, step) => encode(step / STEPS_PER_UNIT));

/** One channel from linear light to an sRGB byte, with highlights rolled off softly. */
export function toByte(linear: number): number {
  const step = Math.round(Math.max(0, Math.min(BRIGHTEST, linear)) * STEPS_PER_UNIT);
  return BYTES[step] ?? 255;
}

function encode(linear: number): number {
  const rolled = linear <= 0.7 ? linear : 1 - 0.3 * Math.exp(-(linear - 0.7) / 0.3);
  const encoded = rolled <= 0.0031308 ? rolled * 12.92 : 1.055 * rolled ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, encoded) * 255);
}
