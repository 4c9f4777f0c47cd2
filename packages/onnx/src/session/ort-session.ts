import { errorMessage } from '@kinegraph/core/plugin';
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-common';
import type { ModelInfo } from '../reader/index.js';
import { RunFailedError, SessionReleasedError, ShapeError } from '../errors.js';
import { elementArrayClass, type OnnxTensor, type OnnxTensors, type ValueInfo } from '../tensor/index.js';
import { checkComplete, checkFits, checkName, type ModelSide } from './fitting.js';
import type { OnnxSession, Provider } from './runtime.js';

/** What the sessions of one runtime have in common. */
export interface OrtFlavour {
  /** Name and version, for people. */
  readonly name: string;
  readonly Tensor: TensorConstructor;
  /** Whether a run writes into tensors that it is given for its outputs; otherwise they are copied. */
  readonly writesOutputs: boolean;
}

/** The runtime's own tensor for one of ours. */
interface Wrapped {
  readonly tensor: Tensor;
  /** Where the runtime takes no shared memory: what it sees instead, to be copied to and fro. */
  readonly staging: { set(data: never): void } | undefined;
}

type Fetches = OnnxTensors | readonly string[];

/** A session of onnxruntime, whichever one: the JavaScript interface is the same for the native one and the WASM one. */
export class OrtSession implements OnnxSession {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly runtime: string;
  /** Tensors known to fit stay wrapped for as long as somebody holds them. */
  readonly #feeds = new WeakMap<OnnxTensor, { readonly name: string; readonly wrapped: Wrapped }>();
  readonly #fetches = new WeakMap<OnnxTensor, { readonly name: string; readonly wrapped: Wrapped }>();
  #last: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;

  constructor(
    readonly model: string,
    readonly provider: Provider,
    private readonly session: InferenceSession,
    private readonly flavour: OrtFlavour,
    info: ModelInfo,
  ) {
    this.runtime = flavour.name;
    this.inputs = session.inputMetadata.map((value) => valueInfo(value, info.inputs));
    this.outputs = session.outputMetadata.map((value) => valueInfo(value, info.outputs));
  }

  run(feeds: OnnxTensors, fetches?: Fetches): Promise<OnnxTensors> {
    if (this.#released !== undefined) return Promise.reject(new SessionReleasedError({ model: this.model }));
    const result = this.#last.then(() => this.#run(feeds, fetches));
    this.#last = result.catch(() => {}); // told to who ran it; the next one starts afresh
    return result;
  }

  release(): Promise<void> {
    this.#released ??= this.#last.then(() => this.session.release());
    return this.#released;
  }

  async #run(feeds: OnnxTensors, fetches: Fetches | undefined): Promise<OnnxTensors> {
    const { model } = this;
    const inputs: ModelSide = { model, side: 'input', values: this.inputs };
    checkComplete(inputs, feeds);
    const fed: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(feeds)) {
      const { tensor: own, staging } = this.#wrap(this.#feeds, inputs, name, tensor);
      staging?.set(tensor.data as never);
      fed[name] = own;
    }
    const outputs: ModelSide = { model, side: 'output', values: this.outputs };
    if (fetches === undefined || isNames(fetches)) return this.#runAnew(fed, fetches, outputs);
    return this.#runInto(fed, fetches, outputs);
  }

  async #runAnew(
    fed: Record<string, Tensor>,
    names: readonly string[] | undefined,
    outputs: ModelSide,
  ): Promise<OnnxTensors> {
    for (const name of names ?? []) checkName(outputs, name);
    const results = await this.#tell(() =>
      names === undefined ? this.session.run(fed) : this.session.run(fed, names),
    );
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, ownTensor(value)]));
  }

  async #runInto(fed: Record<string, Tensor>, fetches: OnnxTensors, outputs: ModelSide): Promise<OnnxTensors> {
    const wanted = Object.entries(fetches);
    const wrapped = wanted.map(([name, tensor]) => this.#wrap(this.#fetches, outputs, name, tensor));
    if (this.flavour.writesOutputs) {
      const targets = Object.fromEntries(wanted.map(([name], index) => [name, wrapped[index]?.tensor ?? null]));
      await this.#tell(() => this.session.run(fed, targets));
      for (const [index, [, tensor]] of wanted.entries()) {
        const { staging } = wrapped[index] ?? {};
        if (staging !== undefined) tensor.data.set(staging as never);
      }
      return { ...fetches };
    }
    const names = wanted.map(([name]) => name);
    const results = await this.#tell(() => this.session.run(fed, names));
    for (const [name, target] of wanted) {
      const result = results[name];
      if (result === undefined) continue; // every name was checked against the model's outputs
      const { dims, data } = ownTensor(result);
      if (dims.length !== target.dims.length || dims.some((dim, axis) => dim !== target.dims[axis])) {
        throw new ShapeError({ model: this.model, side: 'output', value: name, dims: target.dims, expected: dims });
      }
      target.data.set(data as never);
    }
    return { ...fetches };
  }

  async #tell<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const reason = plainReason(error);
      throw new RunFailedError({ model: this.model, runtime: this.flavour.name, reason }, { cause: error });
    }
  }

  #wrap(
    known: WeakMap<OnnxTensor, { readonly name: string; readonly wrapped: Wrapped }>,
    side: ModelSide,
    name: string,
    tensor: OnnxTensor,
  ): Wrapped {
    const seen = known.get(tensor);
    if (seen?.name === name) return seen.wrapped;
    checkFits(side, name, tensor);
    const isShared = typeof SharedArrayBuffer === 'function' && tensor.data.buffer instanceof SharedArrayBuffer;
    const staging = isShared ? new (elementArrayClass(tensor.type))(tensor.data.length) : undefined;
    const data = staging ?? tensor.data;
    const wrapped = { tensor: new this.flavour.Tensor(tensor.type, data as never, tensor.dims), staging };
    // The constructor turns the bits of float16 into a `Float16Array` where there is one, which the native code cannot read.
    if (tensor.type === 'float16') Object.defineProperty(wrapped.tensor, 'data', { value: data });
    known.set(tensor, { name, wrapped });
    return wrapped;
  }
}

function isNames(fetches: Fetches): fetches is readonly string[] {
  return Array.isArray(fetches);
}

/** The first lines of what the runtime says, without places in its sources and without a full stop. */
export function plainReason(error: unknown): string {
  // WASM throws the address of a C++ exception, or nothing but a number.
  if (typeof error === 'number') return 'its code stopped, mostly for want of memory';
  return errorMessage(error)
    .replaceAll(/\/\S+\.(?:cc|h|cpp):\d+ [^\n]*?(?:was false\. |\) )/g, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
    .replace(/[.\s]+$/, '');
}

/** What the runtime has inferred; only that any number of axes will do it tells apart from a scalar not at all. */
function valueInfo(value: InferenceSession.ValueMetadata, declared: readonly ValueInfo[]): ValueInfo {
  const { name } = value;
  const inFile = declared.find((each) => each.name === name);
  if (!value.isTensor) return { name, type: inFile?.type ?? 'no tensor', dims: [], anyRank: true };
  const dims = value.shape.map((dim) => (dim === '' ? null : dim));
  const isOpen = dims.length === 0 && inFile?.anyRank === true;
  return { name, type: value.type, dims, ...(isOpen ? { anyRank: true } : {}) };
}

/** A result as ours. Runtimes hold float16 in a `Float16Array` where there is one; here it is its bits. */
function ownTensor({ type, dims, data }: Tensor): OnnxTensor {
  if (type !== 'float16' || data instanceof Uint16Array || !ArrayBuffer.isView(data)) {
    return { type, dims, data } as OnnxTensor;
  }
  const { buffer, byteOffset, byteLength } = data as ArrayBufferView;
  return { type, dims, data: new Uint16Array(buffer, byteOffset, byteLength / 2) };
}
