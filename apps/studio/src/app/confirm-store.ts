import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** One way to go on. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  /** What its button says. */
  readonly text: string;
  readonly isDanger?: boolean;
}

/** Something that cannot be taken back, or not easily. */
export interface Question<Value extends string = string> {
  readonly title: string;
  readonly text?: string;
  /** Besides to leave it. */
  readonly choices: readonly Choice<Value>[];
}

/** Asks before something is done. */
export const useConfirm = defineStore('confirm', () => {
  const question = shallowRef<Question>();
  let settle: ((value: string | undefined) => void) | undefined;

  function answer(value?: string): void {
    question.value = undefined;
    settle?.(value);
    settle = undefined;
  }

  /** @returns what was chosen; undefined where it is left, also since something else was asked meanwhile */
  async function ask<Value extends string>(asked: Question<Value>): Promise<Value | undefined> {
    answer();
    question.value = asked;
    return await new Promise((resolve) => {
      settle = (value) => resolve(asked.choices.find((choice) => choice.value === value)?.value);
    });
  }

  return { question, ask, answer };
});
