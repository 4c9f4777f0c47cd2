import type { Skeleton } from '../vision/index.js';
import type { NodeTypeDescriptor } from './node-type.js';

/** A node with everything looked up and filled in. */
export interface ResolvedNode {
  readonly name: string;
  readonly descriptor: NodeTypeDescriptor;
  /** Validated, defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly concurrency: number;
  readonly sync: 'timestamp' | 'latest';
}

/** A port of a node. */
export interface PortAddress {
  readonly node: string;
  readonly port: string;
}

/** A wire with its ends told apart. */
export interface ResolvedWire {
  readonly from: PortAddress;
  readonly to: PortAddress;
  /** The port type that travels here, `$in` resolved. */
  readonly type: string;
}

/** A valid graph, ready to run. */
export interface ResolvedGraph {
  /** Producers before their consumers. */
  readonly nodes: readonly ResolvedNode[];
  readonly wires: readonly ResolvedWire[];
  /** Those that the graph brings along; left out: none. */
  readonly skeletons?: readonly Skeleton[];
}
