import { Wiring, nodePorts, placedWires, portTypesFit, resolveOutputType, resolvePortTypes } from '@kinegraph/core';
import type { GraphDocument, NodePorts, NodeTypeCatalog, PortAddress, ResolvedPortTypes } from '@kinegraph/core';
import type { WireEndsToLay } from './wire-edits.js';

/** One end of a wire that is being laid. */
export interface WireStart extends PortAddress {
  readonly side: 'output' | 'input';
}

/** Why two ports do not go together. */
export type ConnectionRefusal =
  | { readonly reason: 'same-side' }
  | { readonly reason: 'same-node' }
  | { readonly reason: 'cycle' }
  | { readonly reason: 'unknown-port'; readonly port: PortAddress }
  | { readonly reason: 'types'; readonly output: string; readonly input: string };

/** The two ports as a wire goes: it may be laid from either end. Undefined for two of one side. */
export function wireBetween(start: WireStart, end: WireStart): WireEndsToLay | undefined {
  if (start.side === end.side) return undefined;
  const [from, to] = start.side === 'output' ? [start, end] : [end, start];
  return { from: { node: from.node, port: from.port }, to: { node: to.node, port: to.port } };
}

/**
 * Says of any two ports of a document whether a wire may be laid between them, from whichever end: what the canvas dims,
 * what it refuses, and what quick-add offers all ask here. It looks at the document once; make another for another.
 */
export class ConnectionCheck {
  readonly #wiring: Wiring;
  readonly #ports = new Map<string, NodePorts>();
  readonly #types: ResolvedPortTypes;
  readonly #downstream = new Map<string, ReadonlySet<string>>();

  constructor(
    document: GraphDocument,
    private readonly catalog: NodeTypeCatalog,
  ) {
    const names = Object.keys(document.nodes);
    this.#wiring = new Wiring(names, placedWires(document));
    for (const [name, { type, config }] of Object.entries(document.nodes)) {
      const descriptor = catalog.get(type);
      if (descriptor !== undefined) this.#ports.set(name, nodePorts(descriptor, config));
    }
    this.#types = resolvePortTypes(this.#wiring, (name) => this.#ports.get(name));
  }

  /** The ports of a node; undefined for one whose type is not known: all its ports are taken as they are. */
  ports(node: string): NodePorts | undefined {
    return this.#ports.get(node);
  }

  /** What leaves an output, as far as the wires tell: `any` where they do not. */
  outputType({ node, port }: PortAddress): string {
    return this.#types.output(node, port);
  }

  /** Undefined where a wire may be laid. */
  refusal(start: WireStart, end: WireStart): ConnectionRefusal | undefined {
    const wire = wireBetween(start, end);
    if (wire === undefined) return { reason: 'same-side' };
    const { from, to } = wire;
    if (from.node === to.node) return { reason: 'same-node' };
    const inputs = this.#ports.get(to.node)?.inputs;
    const outputs = this.#ports.get(from.node)?.outputs;
    if (inputs !== undefined && !Object.hasOwn(inputs, to.port)) return { reason: 'unknown-port', port: to };
    if (outputs !== undefined && !Object.hasOwn(outputs, from.port)) return { reason: 'unknown-port', port: from };
    if (this.#reachable(to.node).has(from.node)) return { reason: 'cycle' };
    const [output, input] = [this.outputType(from), inputs?.[to.port]?.type ?? 'any'];
    return portTypesFit(output, input) ? undefined : { reason: 'types', output, input };
  }

  /** The port by which a node of this type can be wired to `start`: its first that fits; undefined where none does. */
  fittingPort(start: WireStart, type: string): string | undefined {
    const descriptor = this.catalog.get(type);
    if (descriptor === undefined) return undefined;
    const { inputs, outputs } = nodePorts(descriptor, {});
    if (start.side === 'output') {
      const arriving = this.outputType(start);
      return Object.entries(inputs).find(([, port]) => portTypesFit(arriving, port.type))?.[0];
    }
    const wanted = this.#ports.get(start.node)?.inputs[start.port]?.type ?? 'any';
    return Object.entries(outputs).find(([, port]) => {
      const leaving = resolveOutputType(port.type, (input) => inputs[input]?.type);
      return portTypesFit(leaving, wanted);
    })?.[0];
  }

  /** The ports by which a node of this type fits into a wire; undefined where it does not. */
  throughPorts(wire: WireEndsToLay, type: string): { readonly input: string; readonly output: string } | undefined {
    const input = this.fittingPort({ ...wire.from, side: 'output' }, type);
    const output = this.fittingPort({ ...wire.to, side: 'input' }, type);
    if (input === undefined || output === undefined) return undefined;
    // What the node gives may depend on what it is given.
    const declared = this.catalog.get(type)?.outputs[output]?.type ?? 'any';
    const leaving = resolveOutputType(declared, (port) => (port === input ? this.outputType(wire.from) : undefined));
    const wanted = this.#ports.get(wire.to.node)?.inputs[wire.to.port]?.type ?? 'any';
    return portTypesFit(leaving, wanted) ? { input, output } : undefined;
  }

  /** Whether nodes of this type take something and give something: only such can be put into a wire. */
  isBetween(type: string): boolean {
    const { inputs = {}, outputs = {} } = this.catalog.get(type) ?? {};
    return Object.keys(inputs).length > 0 && Object.keys(outputs).length > 0;
  }

  /**
   * The ports by which a node that is there can be laid into a wire: its first that nothing is wired to and that fit;
   * undefined where there are none.
   */
  splicePorts(wire: WireEndsToLay, node: string): { readonly input: string; readonly output: string } | undefined {
    if (node === wire.from.node || node === wire.to.node) return undefined;
    const { inputs, outputs } = this.freePorts(node);
    const start: WireStart = { ...wire.from, side: 'output' };
    const input = inputs.find((port) => this.refusal(start, { node, port, side: 'input' }) === undefined);
    if (input === undefined || this.#reachable(wire.to.node).has(node)) return undefined;
    const ports = this.#ports.get(node);
    const arriving = this.outputType(wire.from);
    const wanted = this.#ports.get(wire.to.node)?.inputs[wire.to.port]?.type ?? 'any';
    const output = outputs.find((port) => {
      const declared = ports?.outputs[port]?.type ?? 'any';
      return portTypesFit(
        resolveOutputType(declared, (of) => (of === input ? arriving : ports?.inputs[of]?.type)),
        wanted,
      );
    });
    return output === undefined ? undefined : { input, output };
  }

  /** The ports of a node that nothing is wired to. */
  freePorts(node: string): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
    const ports = this.#ports.get(node);
    const taken = new Set(this.#wiring.incoming(node).map(({ to }) => to.port));
    const given = new Set(this.#wiring.outgoing(node).map(({ from }) => from.port));
    return {
      inputs: Object.keys(ports?.inputs ?? {}).filter((port) => !taken.has(port)),
      outputs: Object.keys(ports?.outputs ?? {}).filter((port) => !given.has(port)),
    };
  }

  #reachable(node: string): ReadonlySet<string> {
    let reached = this.#downstream.get(node);
    if (reached === undefined) {
      reached = this.#wiring.reachableFrom([node], 'downstream');
      this.#downstream.set(node, reached);
    }
    return reached;
  }
}
