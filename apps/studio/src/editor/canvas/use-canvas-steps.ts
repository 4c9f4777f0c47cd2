import { boxesOf, nodeSize } from '@kinegraph/ui/components';
import type { CanvasWire } from '@kinegraph/ui/components';
import {
  alignBoxes,
  copyNodes,
  distributeBoxes,
  freePlace,
  insertOnWire,
  onGrid,
  pasteNodes,
  placeNodes,
  spliceNode,
} from '@kinegraph/ui/editing';
import type { Alignment, Box, Place } from '@kinegraph/ui/editing';
import { t } from '../../i18n/texts.js';
import { useGraphSession } from '../graph-session.js';
import { useGraphSteps } from '../graph-steps.js';
import { portsOf } from './ports-of-type.js';
import { useCatalog } from '../../api/catalog-store.js';

/** So that a copy does not lie on what it was made of. */
const BESIDE = 40;

/** Steps that are made on the canvas; each can be taken back. */
export function useCanvasSteps(): {
  add: (type: string, at: Place, wire?: string) => void;
  splice: (node: string, wire: string, at: Place) => void;
  nudge: (by: Place) => void;
  align: (by: Alignment) => void;
  distribute: (along: 'across' | 'down') => void;
  duplicate: () => void;
  arrange: () => Promise<void>;
} {
  const session = useGraphSession();
  const steps = useGraphSteps();
  const library = useCatalog();
  const wireOf = (id: string): CanvasWire | undefined => session.model.wires.find((wire) => wire.id === id);
  const selected = (): ReadonlyMap<string, Box> =>
    new Map(
      session.model.nodes
        .filter(({ name }) => session.selection.has(name))
        .map((node) => [node.name, { ...node.place, ...nodeSize(node) }]),
    );

  return {
    /** Adds a node whose middle comes to lie there, on a wire or beside all else. */
    add(type, at, wire) {
      const descriptor = library.catalog.get(type);
      if (descriptor === undefined) return;
      const size = nodeSize(portsOf(descriptor));
      const wish = { x: at.x - size.width / 2, y: at.y - size.height / 2 };
      const on = wire === undefined ? undefined : wireOf(wire);
      const ports = on === undefined ? undefined : session.check.throughPorts(on, type);
      if (on === undefined || ports === undefined) {
        steps.add(type, freePlace(wish, size, boxesOf(session.model)));
        return;
      }
      const { document, name } = insertOnWire(session.document, on, { node: { type }, place: onGrid(wish), ...ports });
      session.edit(t('edit.insert', { name }), document);
      session.select(new Set([name]));
    },
    splice(node, wire, at) {
      const on = wireOf(wire);
      const ports = on === undefined ? undefined : session.check.splicePorts(on, node);
      if (on === undefined || ports === undefined) return;
      const placed = placeNodes(session.document, new Map([[node, at]]));
      session.edit(t('edit.insert', { name: node }), spliceNode(placed, on, { node, ...ports }));
    },
    nudge({ x, y }) {
      const places = new Map([...selected()].map(([name, box]) => [name, { x: box.x + x, y: box.y + y }]));
      const key = `nudge ${[...places.keys()].sort().join(' ')}`;
      session.edit(t('edit.move'), placeNodes(session.document, places), key);
    },
    align(by) {
      session.edit(t('edit.align'), placeNodes(session.document, alignBoxes(selected(), by)));
    },
    distribute(along) {
      session.edit(t('edit.align'), placeNodes(session.document, distributeBoxes(selected(), along)));
    },
    /** Gives all nodes places by their wires. What that takes is loaded when it is first done. */
    async arrange() {
      const { arrange } = await import('@kinegraph/ui/arrange');
      const sizes = new Map(session.model.nodes.map((node) => [node.name, nodeSize(node)]));
      const groups = session.model.groups.map(({ nodes }) => nodes);
      session.edit(t('edit.arrange'), placeNodes(session.document, arrange(session.document, { sizes, groups })));
    },
    duplicate() {
      const boxes = [...selected().values()];
      if (boxes.length === 0) return;
      const at = {
        x: Math.min(...boxes.map(({ x }) => x)) + BESIDE,
        y: Math.min(...boxes.map(({ y }) => y)) + BESIDE,
      };
      const pasted = pasteNodes(session.document, copyNodes(session.document, session.selection), at);
      if ('problems' in pasted) return; // a copy of what is there is a graph
      session.edit(t('edit.duplicate', { count: pasted.names.size }), pasted.document);
      session.select(pasted.names);
    },
  };
}
