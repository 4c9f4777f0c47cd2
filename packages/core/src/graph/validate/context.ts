import type { GraphDocument, GraphNode } from '../document.js';
import { nodePorts } from '../node-ports.js';
import type { NodePorts } from '../node-ports.js';
import type { NodeTypeCatalog, NodeTypeDescriptor } from '../node-type.js';
import { resolvePortTypes } from '../resolve-types.js';
import type { ResolvedPortTypes } from '../resolve-types.js';
import type { PortAddress } from '../resolved-graph.js';
import { contributedSkeletons } from '../skeletons-at-hand.js';
import { nearestName } from '../text/nearest-name.js';
import { Wiring, placedWires } from '../wiring.js';
import type { PlacedWire } from '../wiring.js';

/** A node of the document beside what is known of its type. */
export interface CheckedNode {
  readonly name: string;
  readonly node: GraphNode;
  /** Undefined where the type is not known: then nothing is said about its ports and configuration. */
  readonly descriptor: NodeTypeDescriptor | undefined;
}

/** Comparing names costs time for each pair; a document full of wrong ones gets suggestions for the first. */
const MOST_SUGGESTIONS = 100;

/** What all checks of one document look at. */
export class ValidationContext {
  readonly nodes: readonly CheckedNode[];
  /** As written. */
  readonly wires: readonly PlacedWire[];
  /** The wires as they were meant: those the wrong way round are turned, so that one fault is not told as several. */
  readonly meantWires: readonly PlacedWire[];
  /** Of the meant wires. */
  readonly wiring: Wiring;
  readonly portTypes: ResolvedPortTypes;
  /** Those that core and plugins contribute, and those of the document. */
  readonly skeletons: ReadonlySet<string>;
  readonly #byName: ReadonlyMap<string, CheckedNode>;
  #suggestionsLeft = MOST_SUGGESTIONS;

  constructor(
    readonly document: GraphDocument,
    readonly catalog: NodeTypeCatalog,
  ) {
    this.nodes = Object.entries(document.nodes).map(([name, node]) => ({
      name,
      node,
      descriptor: catalog.get(node.type),
    }));
    this.#byName = new Map(this.nodes.map((checked) => [checked.name, checked]));
    this.wires = placedWires(document);
    this.meantWires = this.wires.map((wire) =>
      this.isTurned(wire) ? { ...wire, from: wire.to, to: wire.from } : wire,
    );
    this.wiring = new Wiring([...this.#byName.keys()], this.meantWires);
    this.portTypes = resolvePortTypes(this.wiring, (name) => this.portsOf(name));
    this.skeletons = new Set([...contributedSkeletons(catalog), ...(document.skeletons ?? [])].map(({ id }) => id));
  }

  node(name: string): CheckedNode | undefined {
    return this.#byName.get(name);
  }

  /** The ports of a node with what its configuration decides about them; undefined where its type is not known. */
  portsOf(name: string): NodePorts | undefined {
    const checked = this.node(name);
    return checked?.descriptor === undefined ? undefined : nodePorts(checked.descriptor, checked.node.config);
  }

  /** The names of the ports on one side of a node; undefined where its type is not known. */
  ports(node: string, side: 'inputs' | 'outputs'): readonly string[] | undefined {
    const descriptor = this.node(node)?.descriptor;
    return descriptor === undefined ? undefined : Object.keys(descriptor[side]);
  }

  /** True for a wire whose ends are an input and an output, but the wrong way round. */
  isTurned({ from, to }: PlacedWire): boolean {
    const isOnly = ({ node, port }: PortAddress, side: 'inputs' | 'outputs', other: 'inputs' | 'outputs'): boolean =>
      this.ports(node, side)?.includes(port) === true && this.ports(node, other)?.includes(port) === false;
    return isOnly(from, 'inputs', 'outputs') && isOnly(to, 'outputs', 'inputs');
  }

  /** `Did you mean "..."?` where a candidate is near. */
  suggest(name: string, candidates: Iterable<string>): string | undefined {
    if (this.#suggestionsLeft === 0) return undefined;
    this.#suggestionsLeft -= 1;
    const nearest = nearestName(name, candidates);
    return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
  }
}
