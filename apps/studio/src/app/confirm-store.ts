import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Something that cannot be taken back, or not easily. */
export interface Question {
  readonly title: string;
  readonly text?: string;
  /** What the button that does it says. */
  readonly confirm: string;
  readonly isDanger?: boolean;
}

/** Asks before something is done. */
export const useConfirm = defineStore('confirm', () => {
  const question = shallowRef<Question>();
  let settle: ((isConfirmed: boolean) => void) | undefined;

  function answer(isConfirmed: boolean): void {
    question.value = undefined;
    settle?.(isConfirmed);
    settle = undefined;
  }

  /** @returns whether it is to be done; a question that is still open is answered no */
  async function ask(asked: Question): Promise<boolean> {
    answer(false);
    question.value = asked;
    return await new Promise((resolve) => {
      settle = resolve;
    });
  }

  return { question, ask, answer };
});
