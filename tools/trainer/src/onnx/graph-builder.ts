import { tensor, type AttributeSpec, type OnnxTensor, type OperationSpec } from '@kinegraph/onnx';

/** How a value lies in the graph: [batch, time, channels], or [batch, channels, time], which ONNX convolutions take. */
export type Layout = 'time-major' | 'channel-major';

/** A value of the graph. */
export interface GraphValue {
  readonly name: string;
  readonly layout: Layout;
}

/** Collects operations and constants under names of their own. */
export class GraphBuilder {
  readonly operations: OperationSpec[] = [];
  readonly constants: Record<string, OnnxTensor> = {};
  #count = 0;

  /** Adds an operation and returns the name of what it makes. */
  add(op: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeSpec>> = {}): string {
    const name = `${op.toLowerCase()}_${this.#count++}`;
    this.operations.push({ op, name, inputs, outputs: [name], attributes });
    return name;
  }

  /** Adds a constant of floats. */
  floats(dims: readonly number[], data: Float32Array | readonly number[]): string {
    const name = `constant_${this.#count++}`;
    this.constants[name] = tensor('float32', dims, Float32Array.from(data));
    return name;
  }

  /** Adds a constant of whole numbers, such as a shape. */
  integers(values: readonly number[]): string {
    const name = `constant_${this.#count++}`;
    this.constants[name] = tensor('int64', [values.length], BigInt64Array.from(values, BigInt));
    return name;
  }

  /** The value as it is wanted, turned where it lies otherwise. */
  as(layout: Layout, value: GraphValue): GraphValue {
    if (value.layout === layout) return value;
    return { name: this.add('Transpose', [value.name], { perm: { ints: [0, 2, 1] } }), layout };
  }
}
