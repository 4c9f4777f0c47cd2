import { ModelNotDecodableError, NotAModelError } from '../errors.js';
import { ELEMENT_TYPES, checkTensor, elementArrayClass, elementTypeCode, isElementType } from '../tensor/index.js';
import type { ElementType, OnnxTensor, ValueInfo } from '../tensor/index.js';
import type { AttributeSpec, GraphSpec, ModelSpec, OperationSpec, ValueSpec } from '../writer/index.js';
import { inspectModel } from './inspect-model.js';
import { ProtoFault, ProtoReader } from './proto-reader.js';
import { readValue } from './read-graph.js';

/** What a model has that a `ModelSpec` cannot say. */
class Undecodable extends Error {}

/**
 * Takes an ONNX file apart: what `encodeModel` writes comes back as it was, weights and all, to be put into other models.
 * Weights are copied.
 * @param name - what to call the model in errors
 * @throws NotAModelError, ModelTruncatedError; ModelNotDecodableError - weights in other files, sparse or packed tensors,
 *   functions, elements that this package does not carry
 */
export function decodeModel(bytes: Uint8Array, name = 'model'): ModelSpec {
  const info = inspectModel(bytes, name); // also sees to it that the file is whole and its tensors hold what they claim
  try {
    if (info.externalFiles.length > 0) throw new Undecodable('it keeps weights in other files');
    const opsets = [...info.opsets].filter(([domain]) => domain !== '');
    let graph: GraphSpec | undefined;
    let description: string | undefined;
    for (const model = new ProtoReader(bytes); model.next();) {
      if (model.field === 6) description = model.string();
      else if (model.field === 7) graph = decodeGraph(model.inner());
      else if (model.field === 20 || model.field === 25) throw new Undecodable('it has functions or training parts');
    }
    if (graph === undefined) throw new Undecodable('it has no graph');
    return {
      graph,
      opset: info.opset,
      irVersion: info.irVersion,
      producer: info.producer,
      ...(opsets.length === 0 ? {} : { opsets: Object.fromEntries(opsets) }),
      ...(info.metadata.size === 0 ? {} : { metadata: Object.fromEntries(info.metadata) }),
      ...(description === undefined ? {} : { description }),
    };
  } catch (error) {
    if (error instanceof Undecodable) throw new ModelNotDecodableError({ model: name, problem: error.message });
    if (error instanceof ProtoFault) throw new NotAModelError({ model: name, problem: error.problem });
    throw error;
  }
}

function decodeGraph(graph: ProtoReader): GraphSpec {
  const nodes: OperationSpec[] = [];
  const initializers: [string, OnnxTensor][] = [];
  const inputs: ValueSpec[] = [];
  const outputs: ValueSpec[] = [];
  let name = '';
  while (graph.next()) {
    if (graph.field === 1) nodes.push(decodeNode(graph.inner()));
    else if (graph.field === 2) name = graph.string();
    else if (graph.field === 5) initializers.push(decodeTensor(graph.inner()));
    else if (graph.field === 11) inputs.push(valueSpec(readValue(graph.inner())));
    else if (graph.field === 12) outputs.push(valueSpec(readValue(graph.inner())));
    else if (graph.field === 15) throw new Undecodable('it has sparse weights');
  }
  return {
    name,
    inputs,
    outputs,
    nodes,
    ...(initializers.length === 0 ? {} : { initializers: Object.fromEntries(initializers) }),
  };
}

function valueSpec({ name, type, dims, anyRank }: ValueInfo): ValueSpec {
  if (!isElementType(type)) throw new Undecodable(`its value "${name}" is of type ${type}`);
  return anyRank === true ? { name, type } : { name, type, dims };
}

function decodeNode(node: ProtoReader): OperationSpec {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: [string, AttributeSpec][] = [];
  let op = '';
  let name: string | undefined;
  let domain: string | undefined;
  while (node.next()) {
    if (node.field === 1) inputs.push(node.string());
    else if (node.field === 2) outputs.push(node.string());
    else if (node.field === 3) name = node.string();
    else if (node.field === 4) op = node.string();
    else if (node.field === 5) attributes.push(decodeAttribute(node.inner()));
    else if (node.field === 7) domain = node.string();
  }
  return {
    op,
    inputs,
    outputs,
    ...(name === undefined ? {} : { name }),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(domain === undefined ? {} : { domain }),
  };
}

/** The kinds of `AttributeProto.type` that a spec can say, by number. */
const ATTRIBUTE_KINDS = ['', 'float', 'int', 'string', 'tensor', 'graph', 'floats', 'ints', 'strings'] as const;

function decodeAttribute(attribute: ProtoReader): [string, AttributeSpec] {
  const floats: number[] = [];
  const ints: number[] = [];
  const strings: string[] = [];
  let [name, text, kind] = ['', '', 0];
  let [float, int]: [number, number | bigint] = [0, 0];
  let value: OnnxTensor | undefined;
  let graph: GraphSpec | undefined;
  while (attribute.next()) {
    if (attribute.field === 1) name = attribute.string();
    else if (attribute.field === 2) float = attribute.float();
    else if (attribute.field === 3) int = safest(attribute.bigint());
    else if (attribute.field === 4) text = attribute.string();
    else if (attribute.field === 5) [, value] = decodeTensor(attribute.inner());
    else if (attribute.field === 6) graph = decodeGraph(attribute.inner());
    else if (attribute.field === 7) floats.push(attribute.float());
    else if (attribute.field === 8) ints.push(...attribute.ints());
    else if (attribute.field === 9) strings.push(attribute.string());
    else if (attribute.field === 20) kind = attribute.int();
  }
  const found: Readonly<Record<string, AttributeSpec | undefined>> = {
    float: { float },
    int: { int },
    string: { string: text },
    floats: { floats },
    ints: { ints },
    strings: { strings },
    tensor: value === undefined ? undefined : { tensor: value },
    graph: graph === undefined ? undefined : { graph },
  };
  const spec = found[ATTRIBUTE_KINDS[kind] ?? ''];
  if (spec !== undefined) return [name, spec];
  throw new Undecodable(`its attribute "${name}" is of kind ${kind}`);
}

function safest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const TYPES = new Map<number, ElementType>(ELEMENT_TYPES.map((type) => [elementTypeCode(type), type]));

function decodeTensor(tensor: ProtoReader): [string, OnnxTensor] {
  const dims: number[] = [];
  let [name, code] = ['', 0];
  let raw: Uint8Array | undefined;
  while (tensor.next()) {
    if (tensor.field === 1) dims.push(...tensor.ints());
    else if (tensor.field === 2) code = tensor.int();
    else if (tensor.field === 8) name = tensor.string();
    else if (tensor.field === 9) raw = tensor.bytes();
  }
  const type = TYPES.get(code);
  if (type === undefined) throw new Undecodable(`its tensor "${name}" has elements of another type`);
  const array = elementArrayClass(type);
  const count = dims.reduce((product, dim) => product * dim, 1);
  if ((raw?.byteLength ?? 0) !== count * array.BYTES_PER_ELEMENT)
    throw new Undecodable(`its tensor "${name}" does not hold its elements as plain bytes`);
  const data = new array(count);
  if (raw !== undefined) new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(raw);
  const value = { type, dims, data };
  checkTensor(name, value);
  return [name, value as unknown as OnnxTensor]; // type and data are of one kind, as has just been checked
}
