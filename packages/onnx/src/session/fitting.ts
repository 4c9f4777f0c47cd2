import { ElementTypeError, InputMissingError, NoSuchValueError, ShapeError } from '../errors.js';
import { checkTensor, type OnnxTensor, type OnnxTensors, type ValueInfo } from '../tensor/index.js';

/** The inputs or the outputs of one model. */
export interface ModelSide {
  readonly model: string;
  readonly side: 'input' | 'output';
  readonly values: readonly ValueInfo[];
}

/**
 * Refuses a name that the model does not have.
 * @throws NoSuchValueError
 */
export function checkName({ model, side, values }: ModelSide, name: string): ValueInfo {
  const info = values.find((value) => value.name === name);
  if (info !== undefined) return info;
  throw new NoSuchValueError({ model, side, value: name, allowed: values.map((value) => value.name) });
}

/**
 * Refuses a tensor that is not what the model takes or gives under that name.
 * @throws NoSuchValueError, TensorMisfitError, ElementTypeError, ShapeError
 */
export function checkFits(modelSide: ModelSide, name: string, tensor: OnnxTensor): void {
  const info = checkName(modelSide, name);
  const { model, side } = modelSide;
  checkTensor(name, tensor);
  if (tensor.type !== info.type) {
    throw new ElementTypeError({ model, side, value: name, type: tensor.type, expected: info.type });
  }
  const fits =
    info.anyRank === true ||
    (tensor.dims.length === info.dims.length &&
      info.dims.every((dim, axis) => typeof dim !== 'number' || dim === tensor.dims[axis]));
  if (!fits) throw new ShapeError({ model, side, value: name, dims: tensor.dims, expected: info.dims });
}

/**
 * Refuses feeds in which an input is missing.
 * @throws InputMissingError
 */
export function checkComplete({ model, values }: ModelSide, feeds: OnnxTensors): void {
  for (const { name } of values) {
    if (!Object.hasOwn(feeds, name)) {
      throw new InputMissingError({ model, input: name, inputs: values.map((value) => value.name) });
    }
  }
}
