import { writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of `bytes` to standard output and returns when the pipe has taken it. Blocking is the point: while the parent
 * does not read, nothing is decoded.
 *
 * @throws the system's error `EPIPE` when the parent has closed its end
 */
export function writeBlocking(bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(STANDARD_OUTPUT, bytes, offset, bytes.length - offset);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(sleeper, 0, 0, 1); // a pipe that somebody made non-blocking
    }
  }
}

/** Writes a line to standard error, among what the library says itself. */
export function complain(line: string): void {
  try {
    writeSync(STANDARD_ERROR, `${line}\n`);
  } catch {
    // Nobody listens; the end of the process tells enough.
  }
}
