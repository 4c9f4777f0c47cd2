import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { ConnectionCheck, Place } from '../../editing/index.js';
import type { PagePoint } from '../popup/place-popup.js';
import type { CanvasWire } from './canvas-model.js';
import type { LayerOverCanvas } from './canvas-overlay.js';
import { distanceToCurve, isNearBox } from './wire-curve.js';
import type { WireCurve } from './wire-curve.js';

/** What is held over a wire: a node of the document, or one that would be added. */
export type Held = { readonly node: string } | { readonly type: string };

/** A wire that something is held over. */
export interface HoveredWire {
  readonly wire: CanvasWire;
  readonly curve: WireCurve;
  readonly fits: boolean;
  readonly at: PagePoint;
}

/** How close to a wire is on it, in pixels of the page. */
const NEAR = 14;

/** The wire that lies under what is held, and whether that can be put into it. */
export function useWireHover(
  layer: LayerOverCanvas,
  check: () => ConnectionCheck,
): {
  hovered: ShallowRef<HoveredWire | undefined>;
  hold: (held: Held, place: Place, at: PagePoint) => void;
} {
  const hovered = shallowRef<HoveredWire>();

  function hold(held: Held, place: Place, at: PagePoint): void {
    const found = mayBeHeld(held, check()) ? nearest(layer, held, place) : undefined;
    if (found === undefined) {
      hovered.value = undefined;
      return;
    }
    const ports =
      'node' in held ? check().splicePorts(found.wire, held.node) : check().throughPorts(found.wire, held.type);
    hovered.value = { ...found, fits: ports !== undefined, at };
  }
  return { hovered, hold };
}

/** A node with no port to spare is only being moved. */
function mayBeHeld(held: Held, check: ConnectionCheck): boolean {
  if (!('node' in held)) return check.isBetween(held.type);
  const { inputs, outputs } = check.freePorts(held.node);
  return inputs.length > 0 && outputs.length > 0;
}

function nearest(
  layer: LayerOverCanvas,
  held: Held,
  place: Place,
): { readonly wire: CanvasWire; readonly curve: WireCurve } | undefined {
  const within = NEAR / layer.viewport().zoom;
  let best: { readonly wire: CanvasWire; readonly curve: WireCurve; readonly distance: number } | undefined;
  for (const wire of layer.wires()) {
    if ('node' in held && (wire.from.node === held.node || wire.to.node === held.node)) continue;
    const curve = layer.curve(wire);
    if (curve === undefined || !isNearBox(place, curve, within)) continue;
    const distance = distanceToCurve(place, curve);
    if (distance <= within && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { wire, curve, distance };
  }
  return best;
}
