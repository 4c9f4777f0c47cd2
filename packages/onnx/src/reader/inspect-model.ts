import { ModelTruncatedError, NotAModelError } from '../errors.js';
import { foreignFile } from './foreign-files.js';
import type { ModelInfo } from './model-info.js';
import { ProtoFault, ProtoReader } from './proto-reader.js';
import { readFunction, readGraph, readTraining, type GraphContent } from './read-graph.js';
import { TensorClaims } from './tensor-claims.js';

/** So that a file of a few bytes each cannot fill the memory with names. */
const MAX_ENTRIES = 4096;

/** The parts of a `ModelProto` that have been read so far. */
interface Found {
  irVersion: number;
  producer: string;
  graph: GraphContent | undefined;
  readonly opsets: Map<string, number>;
  readonly metadata: Map<string, string>;
  readonly claims: TensorClaims;
}

/**
 * Looks into an ONNX file without running it. Bytes from anywhere are safe: all lengths are checked, elements of tensors
 * are not touched, and what comes out is small.
 * @param name - what to call the model in errors
 * @throws NotAModelError, ModelTruncatedError
 */
export function inspectModel(bytes: Uint8Array, name = 'model'): ModelInfo {
  if (bytes.byteLength === 0) throw new NotAModelError({ model: name, problem: 'it has 0 bytes' });
  const foreign = foreignFile(bytes);
  if (foreign !== undefined) throw new NotAModelError({ model: name, problem: `it is ${foreign}` });
  const found: Found = {
    irVersion: 0,
    producer: '',
    graph: undefined,
    opsets: new Map(),
    metadata: new Map(),
    claims: new TensorClaims(),
  };
  try {
    readModel(new ProtoReader(bytes), found);
  } catch (error) {
    if (!(error instanceof ProtoFault)) throw error;
    // Whoever begins like an ONNX file and ends too soon was one: a download or a copy broke off.
    const { missingBytes, problem } = error;
    if (missingBytes !== undefined && found.irVersion > 0) {
      const missing = `at least ${missingBytes} bytes are missing`;
      throw new ModelTruncatedError({ model: name, bytes: bytes.byteLength, problem: missing });
    }
    throw new NotAModelError({ model: name, problem });
  }
  const { graph, irVersion, opsets } = found;
  if (irVersion <= 0) throw new NotAModelError({ model: name, problem: 'it does not say its IR version' });
  if (graph === undefined || opsets.size === 0) {
    const problem = graph === undefined ? 'its graph is missing' : 'the version of its operators is missing';
    throw new ModelTruncatedError({ model: name, bytes: bytes.byteLength, problem });
  }
  return {
    irVersion,
    opset: opsets.get('') ?? opsets.get('ai.onnx') ?? 0,
    opsets,
    producer: found.producer,
    inputs: graph.inputs.filter((input) => !graph.initializerNames.has(input.name)),
    outputs: graph.outputs,
    metadata: found.metadata,
    weights: { count: graph.initializerNames.size, bytes: found.claims.bytes },
    externalFiles: [...found.claims.files],
  };
}

function readModel(model: ProtoReader, found: Found): void {
  while (model.next()) {
    if (model.field === 1) found.irVersion = model.int();
    else if (model.field === 2) found.producer = model.string();
    else if (model.field === 7) {
      // Protobuf would have a runtime put two together: more than either says.
      if (found.graph !== undefined) throw new ProtoFault('it has two graphs');
      found.graph = readGraph(model.inner(), found.claims);
    } else if (model.field === 20) readTraining(model.inner(), found.claims);
    else if (model.field === 25) readFunction(model.inner(), found.claims);
    else if (model.field === 8) {
      const [domain, version] = readPair(model.inner(), (reader) => reader.int());
      put(found.opsets, domain, version ?? 0);
    } else if (model.field === 14) {
      const [key, value] = readPair(model.inner(), (reader) => reader.string());
      put(found.metadata, key, value ?? '');
    } else if (model.field > 100) throw new ProtoFault(`it has a field ${model.field}`);
  }
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size === MAX_ENTRIES) throw new ProtoFault(`it has more than ${MAX_ENTRIES} entries of one kind`);
  map.set(key, value);
}

/** The two fields of an entry: a string and what belongs to it. */
function readPair<V>(entry: ProtoReader, value: (reader: ProtoReader) => V): [string, V | undefined] {
  let key = '';
  let second: V | undefined;
  while (entry.next()) {
    if (entry.field === 1) key = entry.string();
    else if (entry.field === 2) second = value(entry);
  }
  return [key, second];
}
