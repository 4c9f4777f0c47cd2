import { showDims } from '@kinegraph/onnx';
import type { ElementType, ValueInfo } from '@kinegraph/onnx';
import type { OnnxModelConfig } from './config.js';
import { InputMisfitError } from './errors.js';

/** The element types that pixels can be written as. */
export const PICTURE_TYPES = ['float32', 'float16', 'float64', 'uint8', 'int8', 'uint16', 'int16', 'int32'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number] & ElementType;

/** What the input of a model gets. */
export interface PicturePlan {
  readonly type: PictureType;
  /** The whole shape, with the axes in front that frames are counted on. */
  readonly dims: readonly number[];
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** 3, or 1 for gray. */
  readonly channels: number;
}

type PictureConfig = Pick<OnnxModelConfig, 'width' | 'height' | 'layout' | 'colour'>;
type Side = number | string | null;

/** Axes of one picture. */
const PICTURE_AXES = 3;

/**
 * Brings together what a model takes and what the configuration makes.
 *
 * The last three axes are those of one picture. The axes in front of them count frames: fixed ones must come out, the last
 * open one takes as many as there are.
 * @param frames - how many; left out: as many as the model fixes, and 1 where it leaves that open
 * @throws InputMisfitError - with both shapes
 */
export function planPicture(model: string, info: ValueInfo, config: PictureConfig, frames?: number): PicturePlan {
  const type = PICTURE_TYPES.find((each) => each === info.type);
  const channels = config.colour === 'gray' ? 1 : 3;
  // A model that leaves even the number of axes open is given one picture in the usual form.
  const declared: readonly Side[] = info.anyRank === true ? [null, null, null, null] : info.dims;
  const front = declared.slice(0, -PICTURE_AXES);
  const [first, second, third] = declared.slice(-PICTURE_AXES);
  const isPlanar = config.layout === 'nchw';
  const height = sideOf(isPlanar ? second : first, config.height);
  const width = sideOf(isPlanar ? third : second, config.width);
  const picture = isPlanar ? [channels, height, width] : [height, width, channels];
  const counted = countedAxes(front, frames);
  const given = [...(counted ?? [frames ?? '?']), ...picture];

  const refuse = (mend: string): InputMisfitError => {
    const shape = info.anyRank === true ? '[any shape]' : showDims(info.dims);
    const facts = { takes: `${info.type} ${shape}`, given: `${type ?? 'pixels'} ${showDims(given)}` };
    return new InputMisfitError({ model, input: info.name, ...facts }, mend);
  };
  if (type === undefined) throw refuse(`Pixels can be given as ${PICTURE_TYPES.join(', ')}.`);
  if (declared.length < PICTURE_AXES)
    throw refuse('A picture needs three axes at least; name the input that has them.');
  if (typeof height !== 'number' || typeof width !== 'number') {
    throw refuse('The model leaves the size open: set "width" and "height".');
  }
  if (counted === undefined) {
    throw refuse('Give a window of as many frames as the model takes at once ("core.buffer.window" makes them).');
  }
  const isFit = picture.every((size, axis) => {
    const taken = [first, second, third][axis];
    return typeof taken !== 'number' || taken === size;
  });
  if (!isFit) throw refuse('Set "width", "height", "layout" and "colour" to what the model takes.');
  const all = counted.reduce((product, size) => product * size, 1);
  return { type, dims: [...counted, ...(picture as number[])], frames: all, width, height, channels };
}

/** The configured side, else that of the model; `?` where neither says. */
function sideOf(taken: Side | undefined, configured: number | undefined): number | '?' {
  return configured ?? (typeof taken === 'number' ? taken : '?');
}

/** How many frames on each of the axes in front; undefined where so many do not fit. */
function countedAxes(front: readonly Side[], frames: number | undefined): number[] | undefined {
  const fixed = front.reduce<number>((product, size) => product * (typeof size === 'number' ? size : 1), 1);
  const open = front.findLastIndex((size) => typeof size !== 'number');
  const wanted = frames ?? fixed;
  if (fixed === 0 || wanted % fixed !== 0 || (open === -1 && wanted !== fixed)) return undefined;
  return front.map((size, axis) => (typeof size === 'number' ? size : axis === open ? wanted / fixed : 1));
}
