import { injectable } from 'inversify';
import type { Sink } from '../../kinds/index.js';

/** The end of a graph whose values are for those who watch the run; they are told before any sink writes. */
@injectable()
export class ResultsSink implements Sink {
  write(): void {}
}
