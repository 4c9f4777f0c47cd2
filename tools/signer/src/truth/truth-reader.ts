import { SignerError } from '../errors.js';
import { JOINT_COUNT } from '../hand/joints.js';
import { TRUTH_FORMAT, TRUTH_VERSION, type Truth, type TruthFrame, type TruthHeader } from './truth.js';

/**
 * Reads the text of a truth file and checks all of it.
 * @throws SignerError `SIGNER_BAD_TRUTH` naming the line that does not fit.
 */
export function parseTruth(text: string): Truth {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const header = parseLine(first, 1);
  if (!isHeader(header)) {
    throw bad(
      1,
      `is not a header of format "${TRUTH_FORMAT}" version ${TRUTH_VERSION}; write the file again with the signer tool`,
    );
  }
  if (rest.length !== header.frames) {
    throw bad(1, `announces ${header.frames} frames, but ${rest.length} follow; the file was cut or changed`);
  }
  const frames = rest.map((line, index) => {
    const frame = parseLine(line, index + 2);
    if (!isFrame(frame, index)) throw bad(index + 2, `is not the truth of frame ${index}`);
    return frame;
  });
  return { header, frames };
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (cause) {
    throw bad(number, 'is not JSON', cause);
  }
}

function bad(line: number, fault: string, cause?: unknown): SignerError {
  return new SignerError('SIGNER_BAD_TRUTH', `Line ${line} of the truth file ${fault}.`, { cause });
}

function isHeader(value: unknown): value is TruthHeader {
  if (!isRecord(value)) return false;
  const hasSizes = ['width', 'height', 'fps', 'frames', 'seed'].every((key) => Number.isFinite(value[key]));
  const isFormat =
    value['format'] === TRUTH_FORMAT && value['version'] === TRUTH_VERSION && value['skeleton'] === 'hand-21';
  return hasSizes && isFormat && typeof value['clip'] === 'string';
}

function isFrame(value: unknown, index: number): value is TruthFrame {
  if (!isRecord(value) || value['frame'] !== index || !Number.isFinite(value['timestampMs'])) return false;
  const { sign, handedness, points } = value;
  if (sign !== null && typeof sign !== 'string') return false;
  if (points === null) return handedness === null && sign === null;
  if (handedness !== 'right' && handedness !== 'left') return false;
  return Array.isArray(points) && points.length === JOINT_COUNT && points.every(isPoint);
}

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 3 && value.every((part) => Number.isFinite(part));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
