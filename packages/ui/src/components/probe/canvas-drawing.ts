import type { SeriesRing } from './series-ring.js';

/** Fits the pixels of a canvas to the room that it has on the page. */
export function fitted(canvas: HTMLCanvasElement): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d');
  const { clientWidth, clientHeight } = canvas;
  if (context === null || clientWidth === 0 || clientHeight === 0) return undefined;
  const [width, height] = [clientWidth, clientHeight].map((side) => Math.round(side * devicePixelRatio));
  if (canvas.width !== width) canvas.width = width ?? 0;
  if (canvas.height !== height) canvas.height = height ?? 0;
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}

/** Meanings of colours that lines are told apart by, in their order. */
export const LINE_COLOURS = ['frame', 'landmarks', 'angles', 'labels', 'window', 'tensor'] as const;

/** What a colour of the tokens is now. */
export function tokenColour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(`--v-color-${name}`).trim();
}

/** Lines over time, all on one scale; the newest at the right. */
export function drawTrend(canvas: HTMLCanvasElement, ring: SeriesRing, names: readonly string[]): void {
  const context = fitted(canvas);
  if (context === undefined) return;
  const { width, height } = canvas;
  const lines = names.map((name) => ring.values(name));
  const known = lines.flatMap((line) => [...line].filter((value) => !Number.isNaN(value)));
  if (known.length === 0) return;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = high - low || 1;
  const times = ring.times();
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  context.lineWidth = 1.5 * devicePixelRatio;
  for (const [index, line] of lines.entries()) {
    context.strokeStyle = tokenColour(canvas, `port-${LINE_COLOURS[index % LINE_COLOURS.length] ?? 'any'}`);
    context.beginPath();
    let isDown = false;
    for (const [at, value] of line.entries()) {
      const x = (((times[at] ?? 0) - first) / (last - first || 1)) * width;
      const y = height - 3 - ((value - low) / span) * (height - 6);
      if (Number.isNaN(value)) isDown = false;
      else if (isDown) context.lineTo(x, y);
      else {
        context.moveTo(x, y);
        isDown = true;
      }
    }
    context.stroke();
  }
}

/** Rows of numbers as a strip: time from left to right, each column of the rows a line of cells, light where it is large. */
export function drawStrip(canvas: HTMLCanvasElement, rows: readonly (readonly (number | null)[])[]): void {
  const context = fitted(canvas);
  const columns = rows[0]?.length ?? 0;
  if (context === undefined || columns === 0) return;
  const [cellWidth, cellHeight] = [canvas.width / rows.length, canvas.height / columns];
  context.fillStyle = tokenColour(canvas, 'port-window');
  for (let column = 0; column < columns; column += 1) {
    const known = rows.flatMap((row) => row[column] ?? []);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    for (const [index, row] of rows.entries()) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      context.globalAlpha = 0.12 + 0.88 * ((value - low) / (high - low || 1));
      context.fillRect(index * cellWidth, column * cellHeight, Math.ceil(cellWidth), Math.ceil(cellHeight));
    }
  }
  context.globalAlpha = 1;
}
