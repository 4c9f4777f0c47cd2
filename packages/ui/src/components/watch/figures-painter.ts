import type { FiguresMessage } from '@kinegraph/core/protocol';
import type { CanvasOverlay } from '../canvas/index.js';
import { HeatLines } from './heat-lines.js';
import { NodeBadge } from './node-badge.js';
import type { FigureWords } from './node-badge.js';
import { slowestPath } from './slowest-path.js';
import type { HeatWire } from './slowest-path.js';

/** Below this the numbers cannot be read, and are left out. */
const LEGIBLE_ZOOM = 0.65;

/**
 * Paints what a run does over the canvas of its graph, outside Vue: at most once per animation frame, and moving the canvas
 * moves one element.
 */
export class FiguresPainter implements Disposable {
  readonly #root = document.createElement('div');
  readonly #heat: HeatLines;
  readonly #badges = new Map<string, NodeBadge>();
  readonly #leave: () => void;
  #figures: FiguresMessage | undefined;
  #troubles: ReadonlyMap<string, { readonly message: string }> = new Map();
  #wires: readonly HeatWire[] = [];
  #isHeated = false;
  #boxes: unknown;
  #areNew = false;
  #frame: number | undefined;

  constructor(
    private readonly overlay: CanvasOverlay,
    private readonly words: FigureWords,
  ) {
    this.#heat = new HeatLines(overlay);
    this.#root.className = 'canvas-figures';
    this.#root.append(this.#heat.element);
    overlay.element.append(this.#root);
    this.#leave = overlay.onChange(() => this.#paint());
    this.#later();
  }

  /** Undefined: nothing runs, and nothing is shown. */
  show(figures: FiguresMessage | undefined, troubles: ReadonlyMap<string, { readonly message: string }>): void {
    this.#figures = figures;
    this.#troubles = troubles;
    this.#areNew = true;
    this.#later();
  }

  /** Whether the slowest path is lit. */
  heat(isHeated: boolean, wires: readonly HeatWire[]): void {
    this.#isHeated = isHeated;
    this.#wires = wires;
    this.#areNew = true;
    this.#later();
  }

  [Symbol.dispose](): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#leave();
    this.#root.remove();
  }

  #later(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #paint(): void {
    const { x, y, zoom } = this.overlay.viewport();
    this.#root.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    this.#root.classList.toggle('far', zoom < LEGIBLE_ZOOM);
    const boxes = this.overlay.boxes();
    const haveMoved = boxes !== this.#boxes;
    this.#boxes = boxes;
    if (!haveMoved && !this.#areNew) return;
    if (this.#areNew) this.#write();
    this.#areNew = false;
    for (const [name, badge] of this.#badges) {
      const box = boxes.get(name);
      badge.element.hidden = box === undefined;
      if (box !== undefined) badge.place(box);
    }
    const nodes = this.#figures?.nodes;
    this.#heat.draw(this.#isHeated && nodes !== undefined ? slowestPath(nodes, this.#wires) : undefined);
  }

  #write(): void {
    const nodes = this.#figures?.nodes ?? [];
    const fed = new Set(this.#wires.map(({ to }) => to));
    const gone = new Set(this.#badges.keys());
    for (const node of nodes) {
      gone.delete(node.name);
      let badge = this.#badges.get(node.name);
      if (badge === undefined) {
        badge = new NodeBadge(node.name, this.words);
        this.#badges.set(node.name, badge);
        this.#root.append(badge.element);
      }
      badge.show(node, {
        isSource: !fed.has(node.name),
        isPaused: this.#figures?.paused === true,
        trouble: this.#troubles.get(node.name)?.message,
      });
    }
    for (const name of gone) {
      this.#badges.get(name)?.element.remove();
      this.#badges.delete(name);
    }
  }
}
