import { elementTypeName, type ValueInfo } from '../tensor/index.js';
import { ProtoFault, type ProtoReader } from './proto-reader.js';
import { readSparseTensor, readTensor } from './read-tensor.js';
import type { TensorClaims } from './tensor-claims.js';

/** What is told of a `GraphProto`. */
export interface GraphContent {
  readonly inputs: ValueInfo[];
  readonly outputs: ValueInfo[];
  readonly initializerNames: Set<string>;
}

/** Graphs inside of graphs (branches, loops). */
const MAX_DEPTH = 32;
/** So that a file of a few bytes each cannot fill the memory with names. */
const MAX_VALUES = 4096;

/**
 * Reads what goes in and out of a graph and what its weights are called, and looks through its operations for tensors.
 * @param claims - filled with what its tensors claim, at any depth
 * @throws ProtoFault
 */
export function readGraph(graph: ProtoReader, claims: TensorClaims, depth = 0): GraphContent {
  if (depth > MAX_DEPTH) throw new ProtoFault(`its graphs lie in each other more than ${MAX_DEPTH} deep`);
  const content: GraphContent = { inputs: [], outputs: [], initializerNames: new Set() };
  while (graph.next()) {
    if (graph.field === 1) readNode(graph.inner(), claims, depth);
    else if (graph.field === 5 || graph.field === 15) {
      const tensor = graph.field === 5 ? readTensor(graph.inner()) : readSparseTensor(graph.inner());
      claims.add(tensor);
      content.initializerNames.add(tensor.name);
    } else if (graph.field === 11) pushValue(content.inputs, 'inputs', graph);
    else if (graph.field === 12) pushValue(content.outputs, 'outputs', graph);
  }
  return content;
}

/** Looks through a `FunctionProto`: its operations and the defaults of its attributes. @throws ProtoFault */
export function readFunction(body: ProtoReader, claims: TensorClaims): void {
  while (body.next()) {
    if (body.field === 7) readNode(body.inner(), claims, 0);
    else if (body.field === 11) readAttribute(body.inner(), claims, 0);
  }
}

/** Looks through a `TrainingInfoProto`, which is two graphs. @throws ProtoFault */
export function readTraining(training: ProtoReader, claims: TensorClaims): void {
  while (training.next()) {
    if (training.field === 1 || training.field === 2) readGraph(training.inner(), claims);
  }
}

function pushValue(values: ValueInfo[], side: string, graph: ProtoReader): void {
  if (values.length === MAX_VALUES) throw new ProtoFault(`it has more than ${MAX_VALUES} ${side}`);
  values.push(readValue(graph.inner()));
}

function readNode(node: ProtoReader, claims: TensorClaims, depth: number): void {
  while (node.next()) if (node.field === 5) readAttribute(node.inner(), claims, depth);
}

/** Tensors, graphs and sparse tensors each come alone and as a list. */
function readAttribute(attribute: ProtoReader, claims: TensorClaims, depth: number): void {
  while (attribute.next()) {
    const { field } = attribute;
    if (field === 5 || field === 10) claims.add(readTensor(attribute.inner()));
    else if (field === 6 || field === 11) readGraph(attribute.inner(), claims, depth + 1);
    else if (field === 22 || field === 23) claims.add(readSparseTensor(attribute.inner()));
  }
}

/** The fields of `TypeProto` other than a tensor's. */
const OTHER_TYPES = new Map([
  [4, 'sequence'],
  [5, 'map'],
  [8, 'sparse tensor'],
  [9, 'optional'],
]);

/** Reads a `ValueInfoProto`. @throws ProtoFault */
export function readValue(value: ProtoReader): ValueInfo {
  let name = '';
  let type: Omit<ValueInfo, 'name'> = { type: 'undefined', dims: [], anyRank: true };
  while (value.next()) {
    if (value.field === 1) name = value.string();
    else if (value.field === 2) type = readType(value.inner());
  }
  return { name, ...type };
}

function readType(type: ProtoReader): Omit<ValueInfo, 'name'> {
  let found: Omit<ValueInfo, 'name'> = { type: 'undefined', dims: [], anyRank: true };
  while (type.next()) {
    if (type.field === 1) found = readTensorType(type.inner());
    else found = { ...found, type: OTHER_TYPES.get(type.field) ?? found.type };
  }
  return found;
}

function readTensorType(tensor: ProtoReader): Omit<ValueInfo, 'name'> {
  let code = 0;
  let dims: ValueInfo['dims'] | undefined;
  while (tensor.next()) {
    if (tensor.field === 1) code = tensor.int();
    else if (tensor.field === 2) dims = readShape(tensor.inner());
  }
  const type = elementTypeName(code);
  return dims === undefined ? { type, dims: [], anyRank: true } : { type, dims };
}

function readShape(shape: ProtoReader): (number | string | null)[] {
  const dims: (number | string | null)[] = [];
  while (shape.next()) {
    if (shape.field !== 1) continue;
    if (dims.length === MAX_VALUES) throw new ProtoFault(`a value has more than ${MAX_VALUES} axes`);
    dims.push(readDim(shape.inner()));
  }
  return dims;
}

function readDim(dim: ProtoReader): number | string | null {
  let size: number | string | null = null;
  while (dim.next()) {
    if (dim.field === 1) {
      size = dim.int();
      if (size < 0) size = null; // some exporters write -1 where the size is open
    } else if (dim.field === 2) size = dim.string() || null;
  }
  return size;
}
