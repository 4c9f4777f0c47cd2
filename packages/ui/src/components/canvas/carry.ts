import type { Place } from '../../editing/index.js';

/** What follows the pointer from where it was pressed to where it is let go. */
export interface Carried {
  /** @param by - how far, in units of the canvas. */
  move(by: Place): void;
  /** Let go. @param by - undefined where it was taken away, or never moved: all is as before. */
  end(by: Place | undefined): void;
}

/** Below this a press is no drag, in pixels. */
const STILL = 3;

/** Carries something with the pointer that was just pressed. The element gets all that the pointer does until it is let go. */
export function carry(event: PointerEvent, zoom: () => number, carried: Carried): void {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  const over = new AbortController();
  let hasMoved = false;
  const by = ({ clientX, clientY }: PointerEvent): Place => ({
    x: (clientX - event.clientX) / zoom(),
    y: (clientY - event.clientY) / zoom(),
  });
  const listen = (type: 'pointermove' | 'pointerup' | 'pointercancel', listener: (event: PointerEvent) => void): void =>
    element.addEventListener(type, (each) => each.pointerId === event.pointerId && listener(each), {
      signal: over.signal,
    });
  element.setPointerCapture(event.pointerId);
  listen('pointermove', (move) => {
    hasMoved ||= Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) >= STILL;
    if (hasMoved) carried.move(by(move));
  });
  listen('pointerup', (up) => {
    over.abort();
    carried.end(hasMoved ? by(up) : undefined);
  });
  listen('pointercancel', () => {
    over.abort();
    carried.end(undefined);
  });
}
