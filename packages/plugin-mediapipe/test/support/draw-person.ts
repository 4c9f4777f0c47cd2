import type { Frame } from '@kinegraph/core/plugin';
import { FrameLedger } from '@kinegraph/core/testing';

type Point = readonly [x: number, y: number];
type Colour = readonly [red: number, green: number, blue: number];

/** Where a person stands: the middle of the head's top in pixels, and how tall, in pixels. */
export interface PersonPlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

const SKIN: Colour = [214, 164, 134];
const SHIRT: Colour = [60, 90, 150];
const JEANS: Colour = [45, 50, 70];
const HAIR: Colour = [50, 35, 28];
const DARK: Colour = [30, 30, 32];
const WHITE: Colour = [240, 240, 240];
const LIPS: Colour = [170, 80, 80];

/** Joints of a person who faces the camera, in heights: across from the middle (the person's left is +), and down. */
const JOINTS = {
  nose: [0, 0.075],
  'left shoulder': [0.095, 0.19],
  'right shoulder': [-0.095, 0.19],
  'left elbow': [0.17, 0.33],
  'right elbow': [-0.17, 0.33],
  'left wrist': [0.22, 0.46],
  'right wrist': [-0.22, 0.46],
  'left hip': [0.06, 0.5],
  'right hip': [-0.06, 0.5],
  'left knee': [0.075, 0.73],
  'right knee': [-0.075, 0.73],
} as const satisfies Record<string, Point>;

/** Index of each drawn joint in the skeleton pose-33. */
export const POSE_INDEX: Readonly<Record<keyof typeof JOINTS, number>> = {
  nose: 0,
  'left shoulder': 11,
  'right shoulder': 12,
  'left elbow': 13,
  'right elbow': 14,
  'left wrist': 15,
  'right wrist': 16,
  'left hip': 23,
  'right hip': 24,
  'left knee': 25,
  'right knee': 26,
};

/** True positions in pixels of a drawn person's joints, by index in pose-33. */
export function jointsOf(place: PersonPlace): ReadonlyMap<number, Point> {
  return new Map(
    Object.entries(JOINTS).map(([name, [across, down]]) => [
      POSE_INDEX[name as keyof typeof JOINTS],
      [place.x + across * place.height, place.y + down * place.height],
    ]),
  );
}

/** A frame with simple persons, drawn from capsules with a little shading: enough for the pose models to find them. */
export function drawPersons(width: number, height: number, places: readonly PersonPlace[]): Frame {
  const picture = new Uint8Array(new SharedArrayBuffer(width * height * 4));
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const light = 150 + 60 * (1 - Math.floor(pixel / width) / height);
    picture.set([light * 0.9, light * 0.97, light, 255], pixel * 4);
  }
  for (const place of places) drawPerson(new Painter(picture, width, height, place));
  return new FrameLedger().frame({ width, height, format: 'rgba8' }, picture);
}

function drawPerson(painter: Painter): void {
  for (const side of [1, -1]) {
    const at = (across: number, down: number): Point => [side * across, down];
    painter.capsule(at(0.06, 0.5), at(0.075, 0.73), 0.055, 0.04, JEANS);
    painter.capsule(at(0.075, 0.73), at(0.085, 0.95), 0.038, 0.025, JEANS);
    painter.capsule(at(0.085, 0.95), at(0.105, 0.98), 0.025, 0.025, DARK);
    painter.capsule(at(0.17, 0.33), at(0.22, 0.46), 0.025, 0.018, SKIN);
    painter.capsule(at(0.22, 0.46), at(0.24, 0.51), 0.018, 0.012, SKIN);
    painter.capsule(at(0.095, 0.19), at(0.17, 0.33), 0.035, 0.028, SHIRT);
  }
  painter.capsule([0, 0.22], [0, 0.47], 0.095, 0.08, SHIRT);
  painter.capsule([0.095, 0.19], [-0.095, 0.19], 0.035, 0.035, SHIRT);
  for (const side of [1, -1]) painter.capsule([side * 0.055, 0.24], [side * 0.04, 0.5], 0.06, 0.055, SHIRT);
  painter.capsule([0, 0.12], [0, 0.16], 0.03, 0.032, SKIN);
  painter.capsule([0, 0.055], [0, 0.06], 0.056, 0.056, HAIR);
  painter.capsule([0, 0.068], [0, 0.09], 0.048, 0.04, SKIN);
  for (const side of [1, -1]) {
    painter.capsule([side * 0.018, 0.068], [side * 0.02, 0.068], 0.007, 0.007, WHITE);
    painter.capsule([side * 0.019, 0.068], [side * 0.019, 0.069], 0.004, 0.004, DARK);
    painter.capsule([side * 0.012, 0.054], [side * 0.026, 0.055], 0.003, 0.002, HAIR);
    painter.capsule([side * 0.05, 0.075], [side * 0.05, 0.082], 0.01, 0.008, SKIN);
  }
  painter.capsule([0, 0.078], [0, 0.085], 0.006, 0.008, SKIN);
  painter.capsule([-0.013, 0.104], [0.013, 0.104], 0.004, 0.004, LIPS);
}

/** Paints capsules whose places and radii are in heights of a person. */
class Painter {
  constructor(
    private readonly picture: Uint8Array,
    private readonly width: number,
    private readonly height: number,
    private readonly place: PersonPlace,
  ) {}

  capsule(from: Point, to: Point, fromRadius: number, toRadius: number, colour: Colour): void {
    const scale = this.place.height;
    const [ax, ay] = [this.place.x + from[0] * scale, this.place.y + from[1] * scale];
    const [bx, by] = [this.place.x + to[0] * scale, this.place.y + to[1] * scale];
    const reach = Math.max(fromRadius, toRadius) * scale;
    const [left, right] = [
      Math.max(0, Math.floor(Math.min(ax, bx) - reach)),
      Math.min(this.width - 1, Math.ceil(Math.max(ax, bx) + reach)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.floor(Math.min(ay, by) - reach)),
      Math.min(this.height - 1, Math.ceil(Math.max(ay, by) + reach)),
    ];
    const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / lengthSquared));
        const radius = (fromRadius + (toRadius - fromRadius) * along) * scale;
        const [dx, dy] = [(x - ax - along * (bx - ax)) / radius, (y - ay - along * (by - ay)) / radius];
        if (dx * dx + dy * dy > 1) continue;
        const facing = Math.sqrt(1 - dx * dx - dy * dy); // the surface is round; light comes from above, left and behind the camera
        const light = 0.55 + 0.45 * Math.max(0, -0.45 * dx - 0.5 * dy + 0.75 * facing);
        for (const [channel, value] of colour.entries())
          this.picture[(y * this.width + x) * 4 + channel] = Math.min(255, value * light);
      }
    }
  }
}
