import { KinegraphError } from '@kinegraph/core/plugin';

/** A model file has not the form that it should have; the sentence names the file and what is wrong with it. */
export class TaskBundleError extends KinegraphError {
  override readonly name = 'TaskBundleError';
  readonly code = 'MEDIAPIPE_TASK_BUNDLE';
  constructor(override readonly data: { model: string; problem: string; mend: string }) {
    super(`Model "${data.model}" is not usable: ${data.problem}. ${data.mend}`);
  }
}

/** A part that a bundle is built from has another form than the builder knows. */
export class ModelPartError extends KinegraphError {
  override readonly name = 'ModelPartError';
  readonly code = 'MEDIAPIPE_MODEL_PART';
  constructor(override readonly data: { part: string; problem: string }) {
    super(
      `The model part "${data.part}" cannot be read: ${data.problem}. Reinstall the packages with the versions of the lockfile.`,
    );
  }
}

/** MediaPipe's own refusal to start with what it was given. */
export class LandmarkerStartError extends KinegraphError {
  override readonly name = 'LandmarkerStartError';
  readonly code = 'MEDIAPIPE_START';
  constructor(
    override readonly data: { task: string; model: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `MediaPipe could not start the ${data.task} with model "${data.model}": ${data.reason}. ` +
        `Use one of the built-in models or a .task bundle made for this task.`,
      options,
    );
  }
}

/** The WASM graph stopped in the middle of a frame; it cannot be used any more. */
export class LandmarkerFrameError extends KinegraphError {
  override readonly name = 'LandmarkerFrameError';
  readonly code = 'MEDIAPIPE_FRAME';
  constructor(
    override readonly data: { task: string; timestampMs: number; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The ${data.task} failed on the frame at ${data.timestampMs} ms: ${data.reason}. The node starts anew with the next frame.`,
      options,
    );
  }
}

/** A frame came in a form or size that the landmarkers do not take. */
export class FrameFormatError extends KinegraphError {
  override readonly name = 'FrameFormatError';
  readonly code = 'MEDIAPIPE_FRAME_FORMAT';
  constructor(
    override readonly data: {
      node: string;
      width: number;
      height: number;
      format: string;
      byteLength: number;
      maxPixels: number;
    },
  ) {
    super(
      `Node "${data.node}" got a frame of ${data.width}x${data.height} pixels in format "${data.format}" (${data.byteLength} bytes), ` +
        `but takes whole frames in "rgba8", "rgb8" or "gray8" of 1 to ${data.maxPixels} pixels. ` +
        `Put a "core.transform.decode" node in front of it, or set "shortSide" at the source.`,
    );
  }
}
