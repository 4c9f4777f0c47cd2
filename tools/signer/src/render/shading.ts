import { dot, type Vec3 } from '../geometry/vec3.js';
import type { HandJoints } from '../hand/kinematics.js';
import type { Capsule } from './capsule.js';
import { nearestFlesh } from './field.js';
import type { Color, Look } from './look.js';
import { surfaceAt } from './skin.js';
import type { TileCapsules } from './tiles.js';
import { lightReaching, normalAt, opennessAt } from './tracer.js';

const KEY: Color = [1.14, 1.08, 1];
const SKY: Color = [0.4, 0.43, 0.48];
const GROUND: Color = [0.26, 0.22, 0.2];

/** What is needed to light a place on the hand. */
export interface LitScene {
  readonly look: Look;
  readonly joints: HandJoints;
  /** The hand's flesh, in field order. */
  readonly capsules: readonly Capsule[];
}

/**
 * The light that a place on the hand sends to the camera: one key light with a soft shadow, light from sky and ground dimmed in folds.
 * @param tile - the capsules near the place and between it and the light.
 * @param direction - of the ray that found the place.
 */
export function shade(scene: LitScene, tile: TileCapsules, place: Vec3, direction: Vec3): Color {
  const { look, joints } = scene;
  const nearby = tile.capsules;
  const flesh = nearestFlesh(nearby, place[0], place[1], place[2]);
  if (!flesh) return [0, 0, 0];
  const normal = normalAt(nearby, place);
  const surface = surfaceAt(look, joints, place, normal, flesh);
  const open = opennessAt(nearby, place, normal);
  const facing = dot(normal, look.keyDirection);
  const reaching = facing > -0.3 ? lightReaching(tile.shadowers, place, normal, look.keyDirection) : 0;
  const up = 0.5 + 0.5 * normal[1];
  const half = highlight(normal, look.keyDirection, direction);
  const shine = facing > 0 ? surface.gloss * half ** 24 * reaching : 0;
  const wraps: Color = surface.isSkin ? [0.3, 0.12, 0.08] : [0, 0, 0];
  const lit = (channel: 0 | 1 | 2): number => {
    const wrap = wraps[channel];
    const direct = Math.max(0, (facing + wrap) / (1 + wrap)) * reaching * KEY[channel];
    const around = (GROUND[channel] + (SKY[channel] - GROUND[channel]) * up) * open ** (1 - wrap);
    return surface.color[channel] * (direct * (0.5 + 0.5 * open) + around) + shine;
  };
  return [lit(0), lit(1), lit(2)];
}

/** How nearly the surface mirrors the light into the camera, 0-1 (Blinn). */
function highlight(normal: Vec3, light: Vec3, direction: Vec3): number {
  const x = light[0] - direction[0];
  const y = light[1] - direction[1];
  const z = light[2] - direction[2];
  return Math.max(0, (normal[0] * x + normal[1] * y + normal[2] * z) / Math.hypot(x, y, z));
}
