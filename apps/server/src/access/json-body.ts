import { TextLines, countOf, scanJson } from '@kinegraph/core';
import { BodyError } from './access-errors.js';

/** How much of a body is read. */
export interface JsonLimits {
  readonly jsonBytes: number;
  readonly jsonDepth: number;
}

/**
 * Reads the body of a request. Size and depth are checked before anything is built from it, so that no later walk through
 * the value runs out of memory or stack; a key given twice is refused, since readers part about which one holds.
 *
 * @throws BodyError
 */
export function parseJsonBody(body: string | Uint8Array, { jsonBytes, jsonDepth }: JsonLimits): unknown {
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (bytes > jsonBytes)
    throw new BodyError('SERVER_BODY_TOO_LARGE', { reason: `it has ${bytes} bytes, and ${jsonBytes} are allowed` });
  const text = typeof body === 'string' ? body : textOf(body);
  if (text.trim() === '') throw new BodyError('SERVER_BODY_NOT_JSON', { reason: 'it is empty, and should be JSON' });
  const { fault, duplicates } = scanJson(text, jsonDepth, 1);
  if (fault?.kind === 'depth')
    throw new BodyError('SERVER_BODY_TOO_DEEP', { reason: `it is nested deeper than ${countOf(jsonDepth, 'level')}` });
  if (fault !== undefined) {
    const { line, column } = new TextLines(text).positionOf(fault.offset);
    throw new BodyError('SERVER_BODY_NOT_JSON', { reason: `in line ${line}, column ${column} ${fault.reason}` });
  }
  const [twice] = duplicates;
  if (twice !== undefined)
    throw new BodyError('SERVER_BODY_NOT_JSON', {
      reason: `the key at ${JSON.stringify(twice.pointer.slice(0, 100))} stands there twice`,
    });
  return JSON.parse(text);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw Object.assign(new BodyError('SERVER_BODY_NOT_JSON', { reason: 'it is not UTF-8' }), { cause });
  }
}
