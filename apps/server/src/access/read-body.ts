import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { BodyError } from './access-errors.js';
import { parseJsonBody } from './json-body.js';
import type { JsonLimits } from './json-body.js';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Reads JSON bodies into `request.body`; requests without a body pass. */
export function jsonBodies(limits: JsonLimits): RequestHandler {
  return async (request, response, next) => {
    if (!hasBody(request)) {
      next();
      return;
    }
    const type = request.headers['content-type'] ?? '';
    if (!JSON_TYPE.test(type)) {
      const reason = `its Content-Type is ${JSON.stringify(type.slice(0, 100))}, and should be "application/json"`;
      throw new BodyError('SERVER_BODY_NOT_JSON', { reason });
    }
    try {
      request.body = parseJsonBody(await readBody(request, limits.jsonBytes), limits);
    } catch (error) {
      if (!request.complete) response.set('Connection', 'close'); // the rest is not read
      throw error;
    }
    next();
  };
}

/** The whole body as it came. Reading ends where it is larger than allowed. @throws BodyError */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  if (encoding !== 'identity')
    throw new BodyError('SERVER_BODY_NOT_JSON', { reason: 'its Content-Encoding should be "identity"' });
  if (Number(length) > mostBytes) throw tooLarge(mostBytes);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function tooLarge(mostBytes: number): BodyError {
  return new BodyError('SERVER_BODY_TOO_LARGE', {
    reason: `it is larger than the ${mostBytes} bytes that are allowed`,
  });
}
