import { KinegraphError } from '@kinegraph/core/plugin';

/** A text that is no label. */
export class LabelRefusedError extends KinegraphError {
  override readonly name = 'LabelRefusedError';
  readonly code = 'SIGNS_LABEL_REFUSED';
  constructor(override readonly data: { label: string; problem: string }) {
    super(
      `The label ${JSON.stringify(shown(data.label))} ${data.problem}. A label has 1 to 60 characters that can be seen, and is not "." or "..".`,
    );
  }
}

/** Two labels that people, or file systems, would take for one. */
export class LabelClashError extends KinegraphError {
  override readonly name = 'LabelClashError';
  readonly code = 'SIGNS_LABEL_CLASH';
  constructor(override readonly data: { label: string; other: string }) {
    super(
      `The label ${JSON.stringify(shown(data.label))} differs from ${JSON.stringify(shown(data.other))}, which is there already, only by case or by ` +
        `how its characters are composed. Use the one that is there, or rename one of the two.`,
    );
  }
}

/** A take of which nothing can be used. */
export class TakeUnreadableError extends KinegraphError {
  override readonly name = 'TakeUnreadableError';
  readonly code = 'SIGNS_TAKE_UNREADABLE';
  constructor(
    override readonly data: { take: string; problem: string },
    options?: ErrorOptions,
  ) {
    super(
      `The take ${data.take} cannot be read: ${data.problem}. A take is a header line and a line of JSON for each frame; see docs/signs.md.`,
      options,
    );
  }
}

/** There is no such take. */
export class TakeUnknownError extends KinegraphError {
  override readonly name = 'TakeUnknownError';
  readonly code = 'SIGNS_TAKE_UNKNOWN';
  constructor(override readonly data: { label: string; take?: string }) {
    const what = data.take === undefined ? 'take' : `take ${JSON.stringify(shown(data.take))}`;
    super(
      `There is no ${what} of the label ${JSON.stringify(shown(data.label))}. List the set to see which there are.`,
    );
  }
}

/** Takes that are there already; nothing was written. */
export class TakeExistsError extends KinegraphError {
  override readonly name = 'TakeExistsError';
  readonly code = 'SIGNS_TAKE_EXISTS';
  constructor(override readonly data: { takes: readonly string[] }) {
    const some = data.takes.slice(0, 5).map(shown).join(', ');
    const more = data.takes.length > 5 ? ` and ${data.takes.length - 5} more` : '';
    super(
      `The set already has other takes under ${some}${more}; nothing was written. Delete those that are there, or give the new ones other ids.`,
    );
  }
}

/** Takes of which no model can be made. */
export class TrainingRefusedError extends KinegraphError {
  override readonly name = 'TrainingRefusedError';
  readonly code = 'SIGNS_TRAINING_REFUSED';
  constructor(override readonly data: { problem: string }) {
    super(`No model can be trained: ${data.problem}.`);
  }
}

/** An encoder that does not fit the features that takes are brought to. */
export class EncoderMisfitError extends KinegraphError {
  override readonly name = 'EncoderMisfitError';
  readonly code = 'SIGNS_ENCODER_MISFIT';
  constructor(override readonly data: { encoder: string; problem: string }) {
    super(
      `The encoder ${data.encoder} cannot be taught with: ${data.problem}. It has to take float32 [N, 30, 96] (signfeat/1) and give one float32 [N, size].`,
    );
  }
}

const LONGEST_SHOWN = 80;

/** Names come from anywhere, and sentences stay short. */
function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${Array.from(text.slice(0, LONGEST_SHOWN)).slice(0, -1).join('')} ...` : text;
}
