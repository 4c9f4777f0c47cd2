/**
 * Turns a picture into what H.264 codes: one plane of brightness, two planes of colour at half the size (BT.601, limited range).
 * @param rgb - Shape [height, width, 3], row-major; width and height even.
 * @returns the planes Y, U, V one after another, `width * height * 3 / 2` bytes in all.
 */
export function toI420(rgb: Uint8Array, widthPx: number, heightPx: number): Uint8Array<ArrayBuffer> {
  const pixels = widthPx * heightPx;
  const planes = new Uint8Array((pixels * 3) / 2);
  let u = pixels;
  let v = pixels + pixels / 4;
  for (let y = 0; y < heightPx; y += 2) {
    for (let x = 0; x < widthPx; x += 2) {
      let [red, green, blue] = [0, 0, 0];
      for (const at of [y * widthPx + x, y * widthPx + x + 1, (y + 1) * widthPx + x, (y + 1) * widthPx + x + 1]) {
        // The index stays inside the picture because both sides are even.
        const [r, g, b] = [rgb[at * 3] ?? 0, rgb[at * 3 + 1] ?? 0, rgb[at * 3 + 2] ?? 0];
        planes[at] = Math.round(16 + 0.256788 * r + 0.504129 * g + 0.097906 * b);
        red += r;
        green += g;
        blue += b;
      }
      planes[u] = Math.round(128 + (-0.148223 * red - 0.290993 * green + 0.439216 * blue) / 4);
      planes[v] = Math.round(128 + (0.439216 * red - 0.367788 * green - 0.071427 * blue) / 4);
      u += 1;
      v += 1;
    }
  }
  return planes;
}
