import type { LineRotation, LineWriter, LineWriterFactory } from '../kinds/index.js';
import { openLineFile, standardOutputLines } from './line-file.js';
import { RotatingLineWriter } from './rotating-line-writer.js';

/** Opens files, which are begun anew or kept apart, and standard output. */
export class NodeLineWriterFactory implements LineWriterFactory {
  /** @throws LineTargetError */
  async open(target: string, rotation?: LineRotation): Promise<LineWriter> {
    if (target === '-') return standardOutputLines();
    if (rotation === undefined) return openLineFile(target, 'w');
    const writer = new RotatingLineWriter(target, rotation);
    await writer.open();
    return writer;
  }
}
