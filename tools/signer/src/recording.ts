import { solveHand } from './hand/kinematics.js';
import type { Side } from './hand/joints.js';
import { signerProportions, type HandProportions } from './hand/proportions.js';
import { Performer, type Performance } from './motion/performer.js';
import { planProgramme, type Stretch } from './motion/programme.js';
import type { SignName } from './motion/signs.js';
import { SeededRandom } from './random.js';
import { cameraOf, toImageLandmarks, type Camera } from './render/camera.js';
import { fleshOf } from './render/flesh.js';
import { randomLook, type Look } from './render/look.js';
import { renderFrame } from './render/render-frame.js';
import { paintWall } from './render/wall.js';
import { TRUTH_FORMAT, TRUTH_VERSION, type Truth, type TruthFrame } from './truth/truth.js';

/** All that a recording follows from: equal requests give equal pictures and equal truth. */
export interface RecordingRequest {
  readonly seed: number;
  readonly seconds: number;
  readonly fps: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The signs to make, in turn. */
  readonly signs: readonly SignName[];
  readonly hands: Side | 'both';
}

/** A recording that has not been drawn: any frame's truth and picture can be had, in any order. */
export class Recording {
  readonly camera: Camera;
  readonly frameCount: number;
  readonly stretches: readonly Stretch[];
  readonly #performer: Performer;
  readonly #proportions: HandProportions;
  readonly #look: Look;
  readonly #wall: Uint8Array;

  constructor(readonly request: RecordingRequest) {
    const random = new SeededRandom(request.seed);
    this.camera = cameraOf(request.widthPx, request.heightPx);
    this.frameCount = Math.round(request.seconds * request.fps);
    this.stretches = planProgramme(
      { totalMs: request.seconds * 1000, signs: request.signs, hands: request.hands },
      random.fork('programme'),
    );
    this.#performer = new Performer(random.fork('habits'));
    this.#proportions = signerProportions(random.fork('hand'));
    this.#look = randomLook(random.fork('look'));
    this.#wall = paintWall(this.camera, this.#look);
  }

  /** The truth of one frame. */
  truthOf(frame: number): TruthFrame {
    const timestampMs = Math.round((frame * 1e6) / this.request.fps) / 1000;
    const performance = this.#performanceAt(frame);
    const points = performance && toImageLandmarks(this.camera, this.#solve(performance).points);
    const isSeen = points?.some(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1) ?? false;
    if (!performance || !points || !isSeen) return { frame, timestampMs, sign: null, handedness: null, points: null };
    return { frame, timestampMs, sign: performance.sign, handedness: performance.side, points };
  }

  /** The truth of all frames, with its header. */
  truth(clip: string): Truth {
    const { widthPx: width, heightPx: height, fps, seed } = this.request;
    const frames = Array.from({ length: this.frameCount }, (_, frame) => this.truthOf(frame));
    return {
      header: {
        format: TRUTH_FORMAT,
        version: TRUTH_VERSION,
        clip,
        width,
        height,
        fps,
        frames: frames.length,
        seed,
        skeleton: 'hand-21',
      },
      frames,
    };
  }

  /**
   * Draws one frame.
   * @returns Shape [height, width, 3], row-major: sRGB bytes, red first.
   */
  render(frame: number): Uint8Array {
    const performance = this.#performanceAt(frame);
    if (!performance) return renderFrame(this.camera, this.#wall, undefined);
    const joints = this.#solve(performance);
    const capsules = fleshOf(joints, this.#proportions, performance.elbow);
    return renderFrame(this.camera, this.#wall, { look: this.#look, joints, capsules });
  }

  #solve({ side, pose, wrist, orientation }: Performance): ReturnType<typeof solveHand> {
    return solveHand({ side, proportions: this.#proportions, pose, wrist, orientation });
  }

  #performanceAt(frame: number): Performance | undefined {
    const timeMs = (frame * 1000) / this.request.fps;
    const stretch = this.stretches.find(({ startMs, endMs }) => timeMs >= startMs && timeMs < endMs);
    return stretch && this.#performer.perform(stretch, timeMs);
  }
}
