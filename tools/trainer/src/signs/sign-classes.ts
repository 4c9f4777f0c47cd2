import { SIGN_LABELS } from '@kinegraph/signer';

/** What the default model answers where it sees no sign. */
export const NONE_LABEL = 'none';

/** The outputs of the default model, in order: its signs, then `none`. */
export const CLASS_LABELS: readonly string[] = [...SIGN_LABELS, NONE_LABEL];

/** The output that stands for no sign. */
export const NONE_CLASS = CLASS_LABELS.length - 1;
