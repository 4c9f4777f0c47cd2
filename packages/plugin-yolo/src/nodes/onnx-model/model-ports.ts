import { NoSuchValueError, elementCount, isElementType, showDims, tensor } from '@kinegraph/onnx';
import type { OnnxTensor, ValueInfo } from '@kinegraph/onnx';
import type { OnnxModelConfig } from './config.js';
import { InputChoiceError, InputMisfitError, OutputKindError } from './errors.js';

/** The inputs and outputs of an opened model. */
export interface ModelPorts {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/**
 * The input that takes the picture.
 * @throws NoSuchValueError - the configuration names an input that the model does not have; InputChoiceError - none is
 *   left, or more than one has no value
 */
export function pictureInput(
  model: string,
  { inputs }: ModelPorts,
  { input, constants }: Pick<OnnxModelConfig, 'input' | 'constants'>,
): ValueInfo {
  const names = (values: readonly ValueInfo[]): string[] => values.map(({ name }) => name);
  const allowed = names(inputs);
  const unknown = [...(input === undefined ? [] : [input]), ...Object.keys(constants)].find(
    (name) => !allowed.includes(name),
  );
  if (unknown !== undefined) throw new NoSuchValueError({ model, side: 'input', value: unknown, allowed });
  const isOpen = ({ name }: ValueInfo): boolean => name === input || !Object.hasOwn(constants, name);
  const [picture, ...more] = inputs.filter(isOpen);
  if (picture !== undefined && more.length === 0) return picture;
  throw new InputChoiceError({ model, inputs: allowed, open: names(inputs.filter(isOpen)) });
}

/**
 * The tensor that a constant is fed as: the shape of the input, whose one open axis takes what there is.
 * @throws InputMisfitError
 */
export function constantTensor(model: string, info: ValueInfo, value: number | readonly number[]): OnnxTensor {
  const elements = typeof value === 'number' ? [value] : value;
  const fixed = info.dims.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : 1), 1);
  const open = info.dims.findIndex((dim) => typeof dim !== 'number');
  const rest = fixed === 0 ? 0 : elements.length / fixed;
  const dims =
    info.anyRank === true
      ? [elements.length]
      : info.dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === open ? rest : 1));
  if (isElementType(info.type) && dims.every(Number.isInteger) && elementCount(dims) === elements.length) {
    return tensor(info.type, dims, elements);
  }
  const takes = `${info.type} ${showDims(info.dims)}`;
  const given = `${elements.length} ${elements.length === 1 ? 'number' : 'numbers'}`;
  throw new InputMisfitError(
    { model, input: info.name, takes, given },
    `Give as many numbers as it takes in "constants"."${info.name}".`,
  );
}

/**
 * The outputs to give on: those asked for, or all that a wire can carry.
 * @throws OutputKindError - one that is asked for cannot be carried, or none can; NoSuchValueError comes with the first run
 */
export function givenOutputs(model: string, { outputs }: ModelPorts, asked: readonly string[] | undefined): string[] {
  const carried = outputs.filter(({ type }) => isElementType(type)).map(({ name }) => name);
  const other = outputs.find(
    ({ name, type }) => !isElementType(type) && (asked?.includes(name) ?? carried.length === 0),
  );
  if (other === undefined) return [...(asked ?? carried)];
  throw new OutputKindError({ model, output: other.name, kind: other.type, allowed: carried });
}
