import { BYTES_PER_PIXEL, Frame, isRawFormat } from '../../vision/index.js';
import { ownTime, wrongType } from './value-check.js';
import type { ValueFault } from './value-check.js';

/** A check of `frame`: open, at the time of its packet, and raw ones with all the bytes that their size claims. */
export function frameCheck(value: unknown, timestampMs: number): ValueFault | undefined {
  if (!(value instanceof Frame)) return wrongType(value, 'frame', 'a Frame');
  if (value.closed) return closedFrame(value);
  if (value.timestampMs !== timestampMs) {
    const mend =
      'An answer has the time of the packet that it answers: keep the timestampMs of the input, or hand on ' +
      'frame.clone().restamp(info.timestampMs).';
    return ownTime(`frame ${value.sequence}`, value.timestampMs, timestampMs, mend);
  }
  if (!isRawFormat(value.format)) return undefined;
  const { width, height, format, data } = value;
  const needed = width * height * BYTES_PER_PIXEL[format];
  if (data.length >= needed) return undefined;
  return {
    found: `frame ${value.sequence} of ${width}x${height} ${format} with ${data.length} bytes`,
    mend: `A raw frame of that size needs ${needed}; whatever reads it would read past its end.`,
  };
}

/** A frame that can no longer be read. */
export function closedFrame(frame: Frame): ValueFault {
  return {
    found: `frame ${frame.sequence}, which is closed`,
    mend: 'A node leaves its input open, and answers frames that it has not closed.',
  };
}
