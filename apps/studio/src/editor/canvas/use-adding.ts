import type { NodeTypeDescriptor } from '@kinegraph/core';
import { boxesOf, nodeSize, portPlace } from '@kinegraph/ui/components';
import type { PagePoint } from '@kinegraph/ui/components';
import { freePlace } from '@kinegraph/ui/editing';
import type { Place, WireStart } from '@kinegraph/ui/editing';
import { computed, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useCatalog } from '../../api/catalog-store.js';
import { useGraphSession } from '../graph-session.js';
import { useGraphSteps } from '../graph-steps.js';
import { portsOf } from './ports-of-type.js';
import { useCanvasSteps } from './use-canvas-steps.js';

/** A node that is wanted. */
export interface Adding {
  /** Where on the canvas. */
  readonly at: Place;
  /** Where on the page that is. */
  readonly point: PagePoint;
  /** The wire that waits for it, from this port. */
  readonly start?: WireStart | undefined;
  /** The wire that it is put into. */
  readonly wire?: string | undefined;
}

/** The node that is wanted, and what it may be: after a wire only what fits. */
export function useAdding(): {
  adding: ShallowRef<Adding | undefined>;
  choices: ComputedRef<readonly NodeTypeDescriptor[]>;
  want: (adding: Adding) => void;
  choose: (type: string) => void;
} {
  const session = useGraphSession();
  const steps = useGraphSteps();
  const canvasSteps = useCanvasSteps();
  const library = useCatalog();
  const adding = shallowRef<Adding>();
  let last: Adding | undefined;

  const choices = computed(() => {
    const { start, wire } = adding.value ?? {};
    const on = session.model.wires.find(({ id }) => id === wire);
    if (on !== undefined) return library.types.filter(({ type }) => session.check.throughPorts(on, type) !== undefined);
    if (start === undefined) return library.types;
    return library.types.filter(({ type }) => session.check.fittingPort(start, type) !== undefined);
  });

  return {
    adding,
    choices,
    want(wanted) {
      last = wanted;
      adding.value = wanted;
    },
    choose(type) {
      if (last === undefined) return;
      const { at, start, wire } = last;
      if (wire !== undefined) {
        canvasSteps.add(type, at, wire);
        return;
      }
      const port = start === undefined ? undefined : session.check.fittingPort(start, type);
      const descriptor = library.catalog.get(type);
      if (descriptor === undefined) return;
      const ports = portsOf(descriptor);
      const dot =
        start === undefined || port === undefined
          ? undefined
          : portPlace(ports, start.side === 'output' ? 'input' : 'output', port);
      // The port that takes the wire comes to lie where the wire was let go.
      const wish = { x: at.x - (dot?.x ?? 0), y: at.y - (dot?.y ?? 0) };
      steps.add(type, freePlace(wish, nodeSize(ports), boxesOf(session.model)), start);
    },
  };
}
