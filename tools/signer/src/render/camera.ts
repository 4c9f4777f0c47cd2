import type { Vec3 } from '../geometry/vec3.js';

/** A pinhole camera at the origin that looks along the negative z axis. */
export interface Camera {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The distance of the picture plane in pixels. */
  readonly focalPx: number;
}

/** A camera with the given upright angle of view in degrees. */
export function cameraOf(widthPx: number, heightPx: number, verticalViewDegrees = 42): Camera {
  return { widthPx, heightPx, focalPx: heightPx / 2 / Math.tan((verticalViewDegrees * Math.PI) / 360) };
}

/** Where a point in front of the camera (z below 0) falls, in pixels from the top left corner. */
export function project(camera: Camera, point: Vec3): { xPx: number; yPx: number } {
  const perMetre = camera.focalPx / -point[2];
  return { xPx: camera.widthPx / 2 + point[0] * perMetre, yPx: camera.heightPx / 2 - point[1] * perMetre };
}

/**
 * Image landmarks of points in space.
 * @returns x and y as fractions of width and height (outside 0-1 beyond the picture's edge); z is the depth relative to
 *   `points[0]`, scaled as x is at that point's distance, smaller nearer the camera.
 */
export function toImageLandmarks(camera: Camera, points: readonly Vec3[]): Vec3[] {
  const anchorDepth = points[0]?.[2] ?? -1;
  const depthScale = camera.focalPx / -anchorDepth / camera.widthPx;
  return points.map((point) => {
    const { xPx, yPx } = project(camera, point);
    return [xPx / camera.widthPx, yPx / camera.heightPx, (anchorDepth - point[2]) * depthScale];
  });
}
