import { Position } from '@vue-flow/core';
import type { Edge, HandleElement, Node } from '@vue-flow/core';
import { markRaw } from 'vue';
import type { CanvasModel, CanvasNode, CanvasWire } from './canvas-model.js';
import { handleId } from './flow-handles.js';
import { PORT_DOT, nodeSize, portPlace } from './node-box.js';

/** What is handed to the canvas library for a model. */
export interface FlowElements {
  readonly nodes: Node<CanvasNode>[];
  readonly edges: Edge[];
}

/** What something of a model was given as. */
interface Made<Of, Given> {
  readonly of: Of;
  readonly selected: boolean;
  readonly given: Given;
}

/**
 * Makes nodes and edges of models, one after the other. What has not changed is given as it was, so that the canvas has nothing
 * to draw anew; new nodes come with their sizes, so that only those that are seen have to be there at all.
 */
export class FlowElementsMaker {
  #nodes = new Map<string, Made<CanvasNode, Node<CanvasNode>>>();
  #edges = new Map<string, Made<CanvasWire, Edge>>();

  nodes({ nodes }: CanvasModel, selection: ReadonlySet<string>): Node<CanvasNode>[] {
    const next = new Map<string, Made<CanvasNode, Node<CanvasNode>>>();
    for (const of of nodes) {
      const selected = selection.has(of.name);
      const before = this.#nodes.get(of.name);
      const isSame = before?.of === of && before.selected === selected;
      next.set(of.name, isSame ? before : { of, selected, given: flowNode(of, selected, before?.of) });
    }
    this.#nodes = next;
    return [...next.values()].map(({ given }) => given);
  }

  edges({ wires }: CanvasModel, chosen: string | undefined): Edge[] {
    const next = new Map<string, Made<CanvasWire, Edge>>();
    for (const of of wires) {
      const selected = of.id === chosen;
      const before = this.#edges.get(of.id);
      const isSame = before?.of === of && before.selected === selected;
      next.set(of.id, isSame ? before : { of, selected, given: flowEdge(of, selected) });
    }
    this.#edges = next;
    return [...next.values()].map(({ given }) => given);
  }
}

function flowNode(node: CanvasNode, selected: boolean, before: CanvasNode | undefined): Node<CanvasNode> {
  const { name, place, title } = node;
  const plain: Node<CanvasNode> & { readonly selected: boolean } = {
    id: name,
    type: 'graph',
    position: { x: place.x, y: place.y },
    data: markRaw(node),
    selected,
    ariaLabel: title,
  };
  if (before !== undefined && portNames(before) === portNames(node)) return plain;
  // Fields that the library fills in where it draws the node, but needs for its wires before.
  const measured = {
    dimensions: nodeSize(node),
    handleBounds: {
      source: node.outputs.map(({ port }) => handle(node, 'output', port)),
      target: node.inputs.map(({ port }) => handle(node, 'input', port)),
    },
    computedPosition: { x: place.x, y: place.y, z: 0 },
  };
  return { ...plain, ...measured };
}

function handle(node: CanvasNode, side: 'input' | 'output', port: string): HandleElement {
  const { x, y } = portPlace(node, side, port) ?? { x: 0, y: 0 };
  return {
    id: handleId(side, port),
    nodeId: node.name,
    type: side === 'input' ? 'target' : 'source',
    position: side === 'input' ? Position.Left : Position.Right,
    ...{ x: x - PORT_DOT / 2, y: y - PORT_DOT / 2, width: PORT_DOT, height: PORT_DOT },
  };
}

function flowEdge({ id, from, to, family, fault }: CanvasWire, selected: boolean): Edge {
  const edge: Edge & { readonly selected: boolean } = {
    id,
    source: from.node,
    target: to.node,
    sourceHandle: handleId('output', from.port),
    targetHandle: handleId('input', to.port),
    class: [`family-${family}`, fault === 'error' ? 'faulty' : ''].join(' '),
    selected,
    ariaLabel: id,
    // The library writes `tabIndex`, which elements of an SVG do not know.
    domAttributes: { tabindex: 0, 'aria-describedby': undefined },
  };
  return edge;
}

/** A space is in no name of a port. */
function portNames({ inputs, outputs }: CanvasNode): string {
  return [...inputs.map(({ port }) => `>${port}`), ...outputs.map(({ port }) => port)].join(' ');
}
