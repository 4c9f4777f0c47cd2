import { KinegraphError } from '../../base/index.js';

/** A window that is to put landmarks on even moments gets something else. */
export class WindowInputError extends KinegraphError {
  override readonly name = 'WindowInputError';
  readonly code = 'CORE_WINDOW_NOT_LANDMARKS';
  constructor(override readonly data: { readonly node: string; readonly found: string }) {
    super(
      `Node "${data.node}" puts landmarks on even moments (its setting "resample"), but its input "in" gets ${data.found}. ` +
        `Wire landmarks to it, or leave "resample" out for a window of the packets as they came.`,
    );
  }
}
