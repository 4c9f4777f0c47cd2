import { checkTensor, elementTypeCode, type OnnxTensor } from '../tensor/index.js';
import type { AttributeSpec, Dim, GraphSpec, ModelSpec, OperationSpec, ValueSpec } from './model.js';
import { ProtoWriter } from './proto-writer.js';

// The numbers of fields are those of onnx.proto. @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/**
 * The bytes of an ONNX file. The graph is written as it stands: whether its operations exist and fit each other is for the
 * runtime to say. The same spec gives the same bytes.
 * @throws TensorMisfitError - a tensor whose data do not fit its dims or type
 */
export function encodeModel(model: ModelSpec): Uint8Array {
  const file = new ProtoWriter().int(1, model.irVersion ?? 8).string(2, model.producer ?? 'kinegraph');
  if (model.description !== undefined) file.string(6, model.description);
  file.message(7, (graph) => writeGraph(graph, model.graph));
  for (const [domain, version] of [['', model.opset ?? 17] as const, ...Object.entries(model.opsets ?? {})]) {
    file.message(8, (set) => set.string(1, domain).int(2, version));
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    file.message(14, (entry) => entry.string(1, key).string(2, value));
  }
  return file.finish();
}

function writeGraph(out: ProtoWriter, graph: GraphSpec): void {
  for (const node of graph.nodes) out.message(1, (inner) => writeNode(inner, node));
  out.string(2, graph.name);
  for (const [name, value] of Object.entries(graph.initializers ?? {})) {
    out.message(5, (inner) => writeTensor(inner, value, name));
  }
  for (const value of graph.inputs) out.message(11, (inner) => writeValue(inner, value));
  for (const value of graph.outputs) out.message(12, (inner) => writeValue(inner, value));
}

function writeNode(out: ProtoWriter, node: OperationSpec): void {
  for (const name of node.inputs) out.string(1, name);
  for (const name of node.outputs) out.string(2, name);
  if (node.name !== undefined) out.string(3, node.name);
  out.string(4, node.op);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    out.message(5, (inner) => writeAttribute(inner, name, value));
  }
  if (node.domain !== undefined) out.string(7, node.domain);
}

/** `type` (field 20) is told besides the value: readers do not guess it from an empty list. */
function writeAttribute(out: ProtoWriter, name: string, value: AttributeSpec): void {
  out.string(1, name);
  if ('float' in value) out.float(2, value.float).int(20, 1);
  else if ('int' in value) out.int(3, value.int).int(20, 2);
  else if ('string' in value) out.string(4, value.string).int(20, 3);
  else if ('tensor' in value) out.message(5, (inner) => writeTensor(inner, value.tensor, name)).int(20, 4);
  else if ('graph' in value) out.message(6, (inner) => writeGraph(inner, value.graph)).int(20, 5);
  else if ('floats' in value) {
    for (const each of value.floats) out.float(7, each);
    out.int(20, 6);
  } else if ('ints' in value) {
    for (const each of value.ints) out.int(8, each);
    out.int(20, 7);
  } else {
    for (const each of value.strings) out.string(9, each);
    out.int(20, 8);
  }
}

/** Elements go in as `raw_data`, little-endian: so are the arrays of all platforms that Node and browsers run on. */
function writeTensor(out: ProtoWriter, value: OnnxTensor, name: string): void {
  checkTensor(name, value);
  for (const dim of value.dims) out.int(1, dim);
  const { buffer, byteOffset, byteLength } = value.data;
  out
    .int(2, elementTypeCode(value.type))
    .string(8, name)
    .bytes(9, new Uint8Array(buffer, byteOffset, byteLength));
}

function writeValue(out: ProtoWriter, value: ValueSpec): void {
  out.string(1, value.name).message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.int(1, elementTypeCode(value.type));
      const { dims } = value;
      if (dims === undefined) return;
      tensor.message(2, (shape) => {
        for (const dim of dims) shape.message(1, (inner) => writeDim(inner, dim));
      });
    }),
  );
}

function writeDim(out: ProtoWriter, dim: Dim): void {
  if (typeof dim === 'number') out.int(1, dim);
  else if (dim !== null) out.string(2, dim);
}
