import type { GraphDocument } from '@kinegraph/core';
import { applyChange, changeBetween, isEmptyChange, reverseChange } from './document-change.js';
import type { DocumentChange } from './document-change.js';

/** One step that can be taken back. */
export interface Edit {
  /** What was done, as menus say it: `Move 3 nodes`. */
  readonly label: string;
  readonly change: DocumentChange;
  /** Steps of one key that follow each other at once are one: the dragging of a slider. */
  readonly merge?: string;
  /** It was tried on the run at once, and so is taking it back. */
  readonly isTried?: boolean;
}

/** A history as it is kept. */
export interface KeptHistory {
  readonly past: readonly Edit[];
  /** The next to be done again last. */
  readonly future: readonly Edit[];
}

/** Steps that are kept; the oldest are let go. */
export const MOST_EDITS = 500;

/**
 * A document with all that was done to it, step by step, forth and back. Documents are values and never changed; what comes
 * out of taking all steps back has the same canonical text as what went in.
 */
export class EditHistory {
  #document: GraphDocument;
  #past: Edit[];
  #future: Edit[];
  #isOpen = false;

  /** @param kept - of this very document, as `kept` has given it. */
  constructor(document: GraphDocument, kept: KeptHistory = { past: [], future: [] }) {
    this.#document = document;
    this.#past = [...kept.past];
    this.#future = [...kept.future];
  }

  get document(): GraphDocument {
    return this.#document;
  }

  /** What undo would take back. */
  get undoable(): string | undefined {
    return this.#past.at(-1)?.label;
  }

  /** What redo would do again. */
  get redoable(): string | undefined {
    return this.#future.at(-1)?.label;
  }

  get kept(): KeptHistory {
    return { past: [...this.#past], future: [...this.#future] };
  }

  /**
   * Makes a step; what was taken back before can then be done again no more. A step that changes nothing is none.
   * @param merge - joins the step to the one before it, where that has the same key and nothing came in between.
   */
  edit(label: string, after: GraphDocument, merge?: string): GraphDocument {
    const change = changeBetween(this.#document, after);
    if (isEmptyChange(change)) return this.#document;
    const last = this.#past.at(-1);
    if (merge !== undefined && this.#isOpen && last?.merge === merge) {
      const before = applyChange(this.#document, reverseChange(last.change));
      const whole = changeBetween(before, after);
      this.#past.pop();
      if (!isEmptyChange(whole)) this.#past.push({ ...last, change: whole });
      this.#isOpen = !isEmptyChange(whole); // the step before, now the last, was settled long ago
    } else {
      this.#past.push({ label, change, ...(merge === undefined ? {} : { merge }) });
      if (this.#past.length > MOST_EDITS) this.#past.shift();
      this.#isOpen = true;
    }
    this.#future = [];
    this.#document = applyChange(this.#document, change);
    return this.#document;
  }

  /** The next step is one of its own, whatever its key. */
  settle(): void {
    this.#isOpen = false;
  }

  /** The last step was tried on the run. */
  markTried(): void {
    const last = this.#past.pop();
    if (last !== undefined) this.#past.push({ ...last, isTried: true });
    this.#isOpen = false;
  }

  /** What was tried is what runs for good from now on: taking it back is a matter of the document alone. */
  forgetTried(): void {
    const plain = ({ isTried: _, ...edit }: Edit): Edit => edit;
    this.#past = this.#past.map(plain);
    this.#future = this.#future.map(plain);
  }

  /** @returns what was taken back; undefined where there is nothing. */
  undo(): Edit | undefined {
    const edit = this.#past.pop();
    if (edit === undefined) return undefined;
    this.#future.push(edit);
    this.#isOpen = false;
    this.#document = applyChange(this.#document, reverseChange(edit.change));
    return edit;
  }

  /** @returns what was done again; undefined where there is nothing. */
  redo(): Edit | undefined {
    const edit = this.#future.pop();
    if (edit === undefined) return undefined;
    this.#past.push(edit);
    this.#isOpen = false;
    this.#document = applyChange(this.#document, edit.change);
    return edit;
  }
}
