import type { ConnectionRefusal } from '../../editing/index.js';

import type { CanvasMark } from './annotations-model.js';

/** What the canvas says, in the reader's language. */
export interface CanvasWords {
  /** Why a wire cannot be laid to a port. */
  readonly refused: (why: ConnectionRefusal) => string;
  /** A node cannot be put into a wire that carries this type. */
  readonly noSplice: (type: string) => string;
  /** The button at the wire that is selected. */
  readonly wireMenu: string;
  readonly annotations: {
    readonly comment: string;
    /** Stands in a comment that says nothing. */
    readonly empty: string;
    readonly group: string;
    /** Stands at a group that has no title. */
    readonly untitled: string;
  };
}

/** What a menu is asked for; neither: the canvas itself. */
export interface CanvasSubject {
  readonly node?: string;
  readonly wire?: string;
  readonly mark?: CanvasMark;
}
