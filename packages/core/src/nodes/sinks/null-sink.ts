import { injectable } from 'inversify';
import type { Sink } from '../../kinds/index.js';

/** Takes everything and does nothing with it: for measuring, and for branches whose values nobody wants. */
@injectable()
export class NullSink implements Sink {
  write(): void {}
}
