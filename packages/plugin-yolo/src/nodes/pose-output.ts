import { elementCount, showDims, tensor } from '@kinegraph/onnx';
import type { OnnxTensor, OnnxTensors, ValueInfo } from '@kinegraph/onnx';
import { CandidateTable, Selection, widenHalves } from '../decode/index.js';
import { ModelOutputsError } from '../errors.js';
import { detectLayout, fittingShapes, tellValues } from '../model/index.js';
import type { InputType, LayoutHints, PoseLayout } from '../model/index.js';

/** The output of a model that holds people, and the memory to read it with, used for every frame. */
export class PoseOutput {
  readonly table: CandidateTable;
  readonly selection: Selection;
  /** What the model is to write its answer to; undefined where the number of rows may differ from frame to frame. */
  readonly fetches: OnnxTensors | undefined;
  /** The first picture of the batch in 32 bits, where the model answers in 16. */
  readonly #widened: Float32Array | undefined;

  private constructor(
    private readonly name: string,
    private readonly answer: OnnxTensor<InputType>,
    readonly layout: PoseLayout,
    isFixed: boolean,
  ) {
    const { candidates } = layout;
    this.table = new CandidateTable(candidates);
    this.selection = new Selection(candidates);
    const { type, dims } = answer;
    this.fetches = isFixed ? { [name]: tensor(type, dims) } : undefined;
    const length = elementCount(dims) / layout.batch;
    this.#widened = type === 'float16' ? new Float32Array(length) : undefined;
  }

  /**
   * Finds the output among what a run has given.
   * @throws ModelOutputsError
   */
  static find(model: string, declared: readonly ValueInfo[], answer: OnnxTensors, hints: LayoutHints): PoseOutput {
    for (const { name, dims } of declared) {
      const found = answer[name];
      if (!isFloats(found)) continue;
      const layout = detectLayout(found.dims, hints);
      if (layout === undefined) continue;
      // As many candidates as fit in the input, or rows that the model declares: the same for every frame.
      const isFixed = layout.form !== 'end-to-end' || typeof dims[1] === 'number';
      return new PoseOutput(name, found, layout, isFixed);
    }
    const values = Object.entries(answer).map(([name, { type, dims }]) => ({ name, type, shape: showDims(dims) }));
    throw new ModelOutputsError({ model, found: tellValues(values) || 'nothing', fitting: fittingShapes(hints) });
  }

  /** Whether an answer has the shape that this one was made for. */
  fits(answer: OnnxTensors): boolean {
    const { dims } = this.answer;
    const found = answer[this.name]?.dims;
    return found?.length === dims.length && found.every((dim, axis) => dim === dims[axis]);
  }

  /** The numbers of an answer that fits, those of the first picture in front. */
  read(answer: OnnxTensors): Float32Array {
    const { data } = answer[this.name] ?? this.answer;
    if (data instanceof Float32Array) return data;
    const widened = this.#widened ?? new Float32Array();
    if (data instanceof Uint16Array) widenHalves(data, widened);
    return widened;
  }
}

function isFloats(value: OnnxTensor | undefined): value is OnnxTensor<InputType> {
  return value?.type === 'float32' || value?.type === 'float16';
}
