import { KinegraphError } from '@kinegraph/core/plugin';

/** The card of a model cannot be read, or says what cannot be. */
export class SignCardError extends KinegraphError {
  override readonly name = 'SignCardError';
  readonly code = 'SIGNS_CARD';
  constructor(
    override readonly data: { readonly card: string; readonly problem: string },
    options?: ErrorOptions,
  ) {
    super(
      `The card "${data.card}" of a model of signs does not fit: ${data.problem}. ` +
        `A card is a JSON object with at least "kinegraph-signs": 1, "labels" and "features".`,
      options,
    );
  }
}

/** A model has no card beside it. */
export class SignCardMissingError extends KinegraphError {
  override readonly name = 'SignCardMissingError';
  readonly code = 'SIGNS_CARD_MISSING';
  constructor(
    override readonly data: { readonly model: string; readonly card: string; readonly reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `Model "${data.model}" has no card "${data.card}", which would tell its labels: ${data.reason}. ` +
        `Put the card beside the model, with at least "kinegraph-signs": 1, "labels" and "features".`,
      options,
    );
  }
}

/** A model and its card do not belong together. */
export class SignPairError extends KinegraphError {
  override readonly name = 'SignPairError';
  readonly code = 'SIGNS_PAIR';
  constructor(
    override readonly data: {
      readonly model: string;
      readonly card: string;
      readonly expected: string;
      readonly actual: string;
    },
  ) {
    super(
      `Model "${data.model}" is not the one of its card "${data.card}": its SHA-256 sum is ${data.actual}, the card says ${data.expected}. ` +
        `Put both files of one training in place, the card last.`,
    );
  }
}

/** A model takes something else than its card says, or than any node makes. */
export class SignModelInputError extends KinegraphError {
  override readonly name = 'SignModelInputError';
  readonly code = 'SIGNS_MODEL_INPUT';
  constructor(
    override readonly data: {
      readonly model: string;
      readonly found: string;
      readonly features: string;
      readonly fitting: string;
    },
  ) {
    super(
      `Model "${data.model}" takes ${data.found}, but its card says "features": "${data.features}", which is one float32 input of ${data.fitting}. ` +
        `Name the features that it was trained with, or export it with that shape.`,
    );
  }
}

/** A model does not give one score for each label of its card. */
export class SignModelOutputError extends KinegraphError {
  override readonly name = 'SignModelOutputError';
  readonly code = 'SIGNS_MODEL_OUTPUT';
  constructor(override readonly data: { readonly model: string; readonly found: string; readonly labels: number }) {
    super(
      `Model "${data.model}" gives ${data.found}, but its card has ${data.labels} labels, which is one float32 output of [N, ${data.labels}]. ` +
        `Give the card as many labels as the model has outputs, in their order.`,
    );
  }
}

/** A model was trained with other features than those that come. */
export class SignFeaturesError extends KinegraphError {
  override readonly name = 'SignFeaturesError';
  readonly code = 'SIGNS_FEATURES';
  constructor(override readonly data: { readonly model: string; readonly needs: string; readonly wired: string }) {
    super(
      `Model "${data.model}" was trained with ${data.needs}, but node input "in" gets ${data.wired}. ` +
        `Wire what it was trained with, or choose another model.`,
    );
  }
}

/** What a model gave for a window is no answer; costs that window. */
export class SignAnswerError extends KinegraphError {
  override readonly name = 'SignAnswerError';
  readonly code = 'SIGNS_ANSWER';
  constructor(override readonly data: { readonly model: string; readonly problem: string }) {
    super(
      `Model "${data.model}" answered with ${data.problem} for this window, which is left out. ` +
        `If it comes again, the training or the export is at fault.`,
    );
  }
}
