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

  /** @returns the label of what was taken back; undefined where there is nothing. */
  undo(): string | undefined {
    const edit = this.#past.pop();
    if (edit === undefined) return undefined;
    this.#future.push(edit);
    this.#isOpen = false;
    this.#document = applyChange(this.#document, reverseChange(edit.change));
    return edit.label;
  }

  /** @returns the label of what was done again; undefined where there is nothing. */
  redo(): string | undefined {
    const edit = this.#future.pop();
    if (edit === undefined) return undefined;
    this.#past.push(edit);
    this.#isOpen = false;
    this.#document = applyChange(this.#document, edit.change);
    return edit.label;
  }
}
