/** Channels 0-255, alpha 0-1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/**
 * Reads the forms of CSS colours that styles of skeletons are written in: `#rrggbb` and `rgb(r g b / a%)`.
 * @throws RangeError for any other
 */
export function parseColor(text: string): Color {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex !== null) {
    const [, red = '', green = '', blue = ''] = hex;
    return {
      red: Number.parseInt(red, 16),
      green: Number.parseInt(green, 16),
      blue: Number.parseInt(blue, 16),
      alpha: 1,
    };
  }
  const rgb = /^rgb\((\d+) (\d+) (\d+)(?: \/ (\d+(?:\.\d+)?)%)?\)$/.exec(text);
  if (rgb === null) throw new RangeError(`"${text}" is no colour of the form #rrggbb or rgb(r g b / a%).`);
  const [, red, green, blue, percent] = rgb;
  return { red: Number(red), green: Number(green), blue: Number(blue), alpha: Number(percent ?? 100) / 100 };
}
