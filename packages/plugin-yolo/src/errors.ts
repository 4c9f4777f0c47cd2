import { KinegraphError } from '@kinegraph/core/plugin';

/** The model says itself that it does something else than find poses. */
export class NotAPoseModelError extends KinegraphError {
  override readonly name = 'NotAPoseModelError';
  readonly code = 'YOLO_NOT_POSE';
  constructor(override readonly data: { model: string; task: string }) {
    super(
      `Model "${data.model}" was exported for the task "${data.task}", but yolo.pose needs "pose". ` +
        `Export a pose model, for example: yolo export model=yolo11n-pose.pt format=onnx.`,
    );
  }
}

/** The model takes something else than one picture. */
export class ModelInputError extends KinegraphError {
  override readonly name = 'ModelInputError';
  readonly code = 'YOLO_INPUT';
  constructor(override readonly data: { model: string; found: string }) {
    super(
      `Model "${data.model}" takes ${data.found}. What fits is one input of float32 or float16, [n, 3, height, width], ` +
        `of at most half a gigabyte. Export a YOLO pose model as ONNX, with another imgsz or batch where it is too large.`,
    );
  }
}

/** No output of the model holds people in a form that is known. */
export class ModelOutputsError extends KinegraphError {
  override readonly name = 'ModelOutputsError';
  readonly code = 'YOLO_OUTPUTS';
  constructor(override readonly data: { model: string; found: string; fitting: string }) {
    super(
      `Model "${data.model}" gives ${data.found}. What fits is one output of float32 or float16 with the shape ${data.fitting}. ` +
        `Export a YOLO pose model as ONNX with its metadata, and set "skeleton" to one with as many points as the model has.`,
    );
  }
}

/** The model finds another number of points than the skeleton has. */
export class SkeletonMisfitError extends KinegraphError {
  override readonly name = 'SkeletonMisfitError';
  readonly code = 'YOLO_SKELETON';
  constructor(override readonly data: { model: string; points: number; skeleton: string; skeletonPoints: number }) {
    super(
      `Model "${data.model}" finds ${data.points} points, but the skeleton "${data.skeleton}" has ${data.skeletonPoints}. ` +
        `Set "skeleton" to one with ${data.points} points in the model's order; a graph can bring its own under "skeletons".`,
    );
  }
}

/** What the model gave for a frame cannot be read; costs that frame. */
export class ModelAnswerError extends KinegraphError {
  override readonly name = 'ModelAnswerError';
  readonly code = 'YOLO_ANSWER';
  constructor(override readonly data: { model: string; problem: string }) {
    super(
      `Model "${data.model}" answered with ${data.problem} for this frame, which is left out. ` +
        `If it comes again, the export is at fault: a float16 model that overflows works as float32.`,
    );
  }
}

/** A frame came in a form that the node does not take. */
export class FrameFormatError extends KinegraphError {
  override readonly name = 'FrameFormatError';
  readonly code = 'YOLO_FRAME_FORMAT';
  constructor(override readonly data: { node: string; format: string }) {
    super(
      `Node "${data.node}" got a frame in the format "${data.format}", but takes raw pixels: rgba8, rgb8 or gray8. ` +
        `Put a "core.transform.decode" node in front of it.`,
    );
  }
}

/** The model does not lift windows of keypoints to joints. */
export class LiftModelError extends KinegraphError {
  override readonly name = 'LiftModelError';
  readonly code = 'YOLO_LIFT_MODEL';
  constructor(override readonly data: { model: string; takes: string; gives: string }) {
    super(
      `Model "${data.model}" takes ${data.takes} and gives ${data.gives}. What fits takes one float32 [1, T, 17, 2] and gives ` +
        `float32 [1, 1, 17, 3]. Export it for one answer a window; where T is left open, set "moments".`,
    );
  }
}
