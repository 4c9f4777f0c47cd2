import type { NodeTypeDescriptor } from '@kinegraph/core';
import { boxesOf, nodeSize, portPlace } from '@kinegraph/ui/components';
import type { PagePoint, PortNames } from '@kinegraph/ui/components';
import { freePlace } from '@kinegraph/ui/editing';
import type { Place, WireStart } from '@kinegraph/ui/editing';
import { computed, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useCatalog } from '../../api/catalog-store.js';
import { useGraphSession } from '../graph-session.js';
import { useGraphSteps } from '../graph-steps.js';

/** A node that is wanted. */
export interface Adding {
  /** Where on the canvas. */
  readonly at: Place;
  /** Where on the page that is. */
  readonly point: PagePoint;
  /** The wire that waits for it, from this port. */
  readonly start: WireStart | undefined;
}

/** The node that is wanted, and what it may be: after a wire only what fits. */
export function useAdding(): {
  adding: ShallowRef<Adding | undefined>;
  choices: ComputedRef<readonly NodeTypeDescriptor[]>;
  want: (at: Place, point: PagePoint, start: WireStart | undefined) => void;
  choose: (type: string) => void;
} {
  const session = useGraphSession();
  const steps = useGraphSteps();
  const library = useCatalog();
  const adding = shallowRef<Adding>();
  let last: Adding | undefined;

  const choices = computed(() => {
    const start = adding.value?.start;
    if (start === undefined) return library.types;
    return library.types.filter(({ type }) => session.check.fittingPort(start, type) !== undefined);
  });

  return {
    adding,
    choices,
    want(at, point, start) {
      last = { at, point, start };
      adding.value = last;
    },
    choose(type) {
      if (last === undefined) return;
      const { at, start } = last;
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

/** The ports as a node of this type has them at first. */
const portsOf = ({ inputs, outputs }: NodeTypeDescriptor): PortNames => ({
  inputs: Object.keys(inputs).map((port) => ({ port })),
  outputs: Object.keys(outputs).map((port) => ({ port })),
});
