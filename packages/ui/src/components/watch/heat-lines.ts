import type { CanvasOverlay } from '../canvas/index.js';
import type { SlowestPath } from './slowest-path.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Lights the slowest path: its wires as broad lines, its nodes as frames, the stronger the more of the time is theirs. */
export class HeatLines {
  readonly element = document.createElementNS(SVG, 'svg');

  constructor(private readonly overlay: Pick<CanvasOverlay, 'boxes' | 'wireEnds'>) {
    this.element.classList.add('heat');
  }

  /** Undefined: nothing is lit. */
  draw(path: SlowestPath | undefined): void {
    const shapes: SVGElement[] = [];
    if (path !== undefined) {
      const share = (node: string | undefined): number => (node === undefined ? 0 : (path.shares.get(node) ?? 0));
      for (const [index, wire] of path.wires.entries()) {
        const ends = this.overlay.wireEnds(wire);
        if (ends === undefined) continue;
        const line = document.createElementNS(SVG, 'path');
        line.setAttribute('d', curve(ends.from.x, ends.from.y, ends.to.x, ends.to.y));
        line.dataset['heatOf'] = wire;
        shapes.push(lit(line, Math.max(share(path.nodes[index]), share(path.nodes[index + 1]))));
      }
      for (const node of path.nodes) {
        const box = this.overlay.boxes().get(node);
        if (box === undefined) continue;
        const frame = document.createElementNS(SVG, 'rect');
        const { x, y, width, height } = box;
        for (const [key, value] of Object.entries({ x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 9 }))
          frame.setAttribute(key, String(value));
        frame.dataset['heatOf'] = node;
        shapes.push(lit(frame, share(node)));
      }
    }
    this.element.replaceChildren(...shapes);
  }
}

function lit<T extends SVGElement>(shape: T, share: number): T {
  shape.style.setProperty('--heat', (0.25 + 0.75 * Math.min(1, share)).toFixed(2));
  return shape;
}

/** As the canvas bends its wires. */
function curve(x1: number, y1: number, x2: number, y2: number): string {
  const distance = x2 - x1;
  const bend = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}
