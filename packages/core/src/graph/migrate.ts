import { GRAPH_FORMAT } from './document.js';
import { valueAt } from './text/json-pointer.js';

/** How a document of one version of the format becomes one of the next. */
export interface FormatStep {
  readonly from: number;
  /**
   * Changes what the next version writes in another way; `kinegraph` is counted up by the caller.
   * @param document - Of version `from`, but not checked: what has not the form of it is left as it is, never refused.
   */
  readonly migrate: (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

/** The steps up to `GRAPH_FORMAT`. A step that was released stays as it is: documents of its version are around for good. */
const FORMAT_STEPS: readonly FormatStep[] = [];

/**
 * A document of an older version as one of the newest, step by step. What is no such document, or of a version from which no
 * step leads on, is given back as it is.
 *
 * @param to - The newest version, and `steps` those that lead to it: others for tests only.
 */
export function migrateGraph(value: unknown, to: number = GRAPH_FORMAT, steps = FORMAT_STEPS): unknown {
  let document = value;
  for (;;) {
    const format = valueAt(document, ['kinegraph']);
    const step = steps.find(({ from }) => from === format && from < to);
    if (step === undefined) return document;
    // It has a key `kinegraph`, so it is an object.
    document = { ...step.migrate(document as Readonly<Record<string, unknown>>), kinegraph: step.from + 1 };
  }
}
