import { KinegraphError } from '@kinegraph/core/plugin';

/** A model does not lift windows of a hand's points to joints. */
export class LiftHandModelError extends KinegraphError {
  override readonly name = 'LiftHandModelError';
  readonly code = 'SIGNS_LIFT_MODEL';
  constructor(override readonly data: { readonly model: string; readonly takes: string; readonly gives: string }) {
    super(
      `Model "${data.model}" takes ${data.takes} and gives ${data.gives}. What fits takes one float32 [1, T, 21, 2], with T told, ` +
        `and gives float32 [1, 21, 3]. Export it so, or leave "model" out for the one that comes along.`,
    );
  }
}

/** What a lift gave for a hand cannot be used; costs the packet. */
export class LiftHandAnswerError extends KinegraphError {
  override readonly name = 'LiftHandAnswerError';
  readonly code = 'SIGNS_LIFT_ANSWER';
  constructor(override readonly data: { readonly model: string }) {
    super(
      `Model "${data.model}" gave joints that are no finite numbers, and this packet is left out. ` +
        `If it comes again, the export is at fault: train or export it anew.`,
    );
  }
}
