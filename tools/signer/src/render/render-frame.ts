import { normalize, type Vec3 } from '../geometry/vec3.js';
import type { Camera } from './camera.js';
import { toByte, type Color } from './look.js';
import { shade, type LitScene } from './shading.js';
import { capsulesInTile, TILE_PX, type TileCapsules } from './tiles.js';
import { traceRay } from './tracer.js';

/** A step in green between neighbouring pixels beyond which both are drawn again with more rays, in bytes. */
const EDGE_CONTRAST = 20;
/** Places inside a pixel for edges (a rotated grid). */
const EDGE_SAMPLES: readonly (readonly [number, number])[] = [
  [0.375, 0.125],
  [0.875, 0.375],
  [0.125, 0.625],
  [0.625, 0.875],
];

/**
 * Draws the wall alone, or with a hand before it.
 * @param wall - the empty picture, from `paintWall`; it is left as it is.
 * @returns Shape [height, width, 3], row-major: sRGB bytes, red first.
 */
export function renderFrame(camera: Camera, wall: Uint8Array, scene: LitScene | undefined): Uint8Array {
  const picture = wall.slice();
  if (scene) new FramePainter(camera, wall, picture, scene).paint();
  return picture;
}

class FramePainter {
  /** The picture with one ray a pixel, before edges are drawn again. */
  #firstPass: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly camera: Camera,
    private readonly wall: Uint8Array,
    private readonly picture: Uint8Array,
    private readonly scene: LitScene,
  ) {}

  paint(): void {
    const tiles = [...this.#tiles()];
    for (const tile of tiles) this.#eachPixel(tile, (x, y) => this.#paintMiddle(tile, x, y));
    this.#firstPass = this.picture.slice();
    for (const tile of tiles) {
      this.#eachPixel(tile, (x, y) => {
        if (this.#isEdge(x, y)) this.#paintEdge(tile, x, y);
      });
    }
  }

  *#tiles(): Generator<TileCapsules> {
    const { widthPx, heightPx } = this.camera;
    for (let top = 0; top < heightPx; top += TILE_PX) {
      for (let left = 0; left < widthPx; left += TILE_PX) {
        const tile = capsulesInTile(this.camera, this.scene.capsules, this.scene.look.keyDirection, left, top);
        if (tile) yield tile;
      }
    }
  }

  #eachPixel({ left, top }: TileCapsules, visit: (x: number, y: number) => void): void {
    const right = Math.min(left + TILE_PX, this.camera.widthPx);
    const bottom = Math.min(top + TILE_PX, this.camera.heightPx);
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) visit(x, y);
  }

  #paintMiddle(tile: TileCapsules, x: number, y: number): void {
    const direction = this.#ray(x + 0.5, y + 0.5);
    const travelled = traceRay(tile.capsules, direction, tile.startM, tile.endM);
    if (travelled < 0) return;
    this.#put(x, y, this.#colorAt(tile, direction, travelled).map(toByte));
  }

  /** Averages the bytes of four rays; where a ray passes by, the wall shows. */
  #paintEdge(tile: TileCapsules, x: number, y: number): void {
    const sum = [0, 0, 0];
    const pixel = (y * this.camera.widthPx + x) * 3;
    const wall = this.wall.subarray(pixel, pixel + 3);
    for (const [dx, dy] of EDGE_SAMPLES) {
      const direction = this.#ray(x + dx, y + dy);
      const travelled = traceRay(tile.capsules, direction, tile.startM, tile.endM);
      const bytes = travelled < 0 ? wall : this.#colorAt(tile, direction, travelled).map(toByte);
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (bytes[channel] ?? 0);
    }
    this.#put(
      x,
      y,
      sum.map((total) => Math.round(total / EDGE_SAMPLES.length)),
    );
  }

  /** The direction of length 1 from the camera through a place in the picture. */
  #ray(xPx: number, yPx: number): Vec3 {
    const { widthPx, heightPx, focalPx } = this.camera;
    return normalize([xPx - widthPx / 2, heightPx / 2 - yPx, -focalPx]);
  }

  #put(x: number, y: number, bytes: readonly number[]): void {
    this.picture.set(bytes, (y * this.camera.widthPx + x) * 3);
  }

  #colorAt(tile: TileCapsules, direction: Vec3, travelled: number): Color {
    const place: Vec3 = [direction[0] * travelled, direction[1] * travelled, direction[2] * travelled];
    return shade(this.scene, tile, place, direction);
  }

  /** Whether the first pass left a hard step between a pixel and one beside it. */
  #isEdge(x: number, y: number): boolean {
    const here = this.#greenAt(x, y);
    const differs = (other: number): boolean => Math.abs(other - here) > EDGE_CONTRAST;
    return (
      differs(this.#greenAt(x - 1, y)) ||
      differs(this.#greenAt(x + 1, y)) ||
      differs(this.#greenAt(x, y - 1)) ||
      differs(this.#greenAt(x, y + 1))
    );
  }

  /** The green byte after the first pass; beyond the picture's edge that of the nearest pixel. */
  #greenAt(x: number, y: number): number {
    const column = Math.max(0, Math.min(this.camera.widthPx - 1, x));
    const row = Math.max(0, Math.min(this.camera.heightPx - 1, y));
    return this.#firstPass[(row * this.camera.widthPx + column) * 3 + 1] ?? 0;
  }
}
