import type { Box, Place } from '../../editing/index.js';
import type { CanvasModel, CanvasNode, CanvasWire } from './canvas-model.js';
import { nodeSize, portPlace } from './node-box.js';
import { pointOn } from './wire-curve.js';
import type { WireCurve } from './wire-curve.js';

/** What of the canvas is seen: a place of the canvas is drawn at `place * zoom + (x, y)` pixels of the overlay. */
export interface CanvasViewport extends Place {
  readonly zoom: number;
}

/**
 * For what is painted over a canvas many times a second: live figures, heat. All of it stays out of Vue's reactivity, and
 * nothing of the page is measured for it.
 */
export interface CanvasOverlay {
  /**
   * Lies over nodes and wires, as large as the canvas, takes no pointer, and is hidden from readers of screens. Put a
   * `<canvas>` or elements of your own into it, and take them out again.
   */
  readonly element: HTMLElement;
  viewport(): CanvasViewport;
  /** Where each node stands just now, also while it is dragged, by name. The same map until something moves. */
  boxes(): ReadonlyMap<string, Box>;
  /** The middle of a wire, in units of the canvas; undefined where there is no such wire. @param wire - `a.out > b.in` */
  wireMiddle(wire: string): Place | undefined;
  /** Where a wire begins and ends, in units of the canvas; undefined where there is no such wire. */
  wireEnds(wire: string): { readonly from: Place; readonly to: Place } | undefined;
  /**
   * Called when any of these has changed, at most once per animation frame, in that frame.
   * @returns lets go of the listener
   */
  onChange(listener: () => void): () => void;
}

/** What the canvas tells its overlay. */
export interface OverlaySource {
  viewport(): CanvasViewport;
  /** Where a node stands, if it is drawn somewhere else than where the document has it. */
  livePlace(node: string): Place | undefined;
}

/** An overlay as the canvas keeps it. */
export class LayerOverCanvas implements CanvasOverlay {
  readonly element: HTMLElement = document.createElement('div');
  readonly #listeners = new Set<() => void>();
  #nodes = new Map<string, CanvasNode>();
  #wires = new Map<string, CanvasWire>();
  #boxes: ReadonlyMap<string, Box> | undefined;
  #waiting = false;

  constructor(private readonly source: OverlaySource) {
    this.element.className = 'overlay';
    this.element.ariaHidden = 'true';
  }

  viewport(): CanvasViewport {
    return this.source.viewport();
  }

  boxes(): ReadonlyMap<string, Box> {
    this.#boxes ??= new Map(
      [...this.#nodes].map(([name, node]) => {
        const { x, y } = this.source.livePlace(name) ?? node.place;
        return [name, { x, y, ...nodeSize(node) }];
      }),
    );
    return this.#boxes;
  }

  wireMiddle(wire: string): Place | undefined {
    const curve = this.wireEnds(wire);
    return curve && pointOn(curve, 0.5);
  }

  wireEnds(wire: string): WireCurve | undefined {
    const laid = this.#wires.get(wire);
    return laid && this.curve(laid);
  }

  /** All wires that are drawn. */
  wires(): Iterable<CanvasWire> {
    return this.#wires.values();
  }

  /** Where a wire is drawn just now. */
  curve(wire: CanvasWire): WireCurve | undefined {
    const from = this.#port(wire.from, 'output');
    const to = this.#port(wire.to, 'input');
    return from && to && { from, to };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Another document is shown. */
  show({ nodes, wires }: CanvasModel): void {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
    this.#wires = new Map(wires.map((wire) => [wire.id, wire]));
    this.moved();
  }

  /** Nodes stand elsewhere. */
  moved(): void {
    this.#boxes = undefined;
    this.changed();
  }

  /** Something is drawn elsewhere. */
  changed(): void {
    if (this.#waiting || this.#listeners.size === 0) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      for (const listener of this.#listeners) listener();
    });
  }

  #port({ node: name, port }: CanvasWire['from'], side: 'input' | 'output'): Place | undefined {
    const [node, box] = [this.#nodes.get(name), this.boxes().get(name)];
    const at = node && portPlace(node, side, port);
    return at && box && { x: box.x + at.x, y: box.y + at.y };
  }
}
