import { errorMessage } from '@kinegraph/core';

/** What a check found: one sentence, and for what is not good another that says what to do. */
export type Finding =
  | { readonly outcome: 'good'; readonly message: string }
  /** `warning`: it works, but not as well as it could, or not for long. `fault`: something does not work. */
  | { readonly outcome: 'warning' | 'fault'; readonly message: string; readonly mend: string }
  /** Could not be looked at, because of something that another check tells. */
  | { readonly outcome: 'skipped'; readonly message: string };

/** All is well. */
export const good = (message: string): Finding => ({ outcome: 'good', message });

/** It works, but not as well as it could, or not for long. */
export const warning = (message: string, mend: string): Finding => ({ outcome: 'warning', message, mend });

/** Something does not work. */
export const fault = (message: string, mend: string): Finding => ({ outcome: 'fault', message, mend });

/** Something could not be looked at. */
export const skipped = (message: string): Finding => ({ outcome: 'skipped', message });

/** The sentence of an error, with a full stop. */
export function sentenceOf(error: unknown): string {
  const message = errorMessage(error).trim();
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
