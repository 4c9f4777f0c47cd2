import type { IncomingHttpHeaders } from 'node:http';
import type { FileVersion } from '../../plugins/index.js';

/** Which bytes of a file an answer holds. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  /** Size of the whole file, where the server tells it. */
  readonly total?: number;
}

/** Reads `bytes 100-199/1000` (RFC 9110, section 14.4). */
export function parseContentRange(text: string | undefined): ContentRange | undefined {
  const [, from, to, of] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || of === undefined) return undefined;
  const [first, last, total] = [Number(from), Number(to), of === '*' ? undefined : Number(of)];
  if (last < first || (total !== undefined && last >= total)) return undefined;
  return total === undefined ? { first, last } : { first, last, total };
}

/** Milliseconds that a server asks to wait: seconds, or a date, which is told against the server's own (RFC 9110, 10.2.3). */
export function parseRetryAfter(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const waitMs = Date.parse(text) - Date.parse(headers.date ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

/**
 * What tells this version of the file from others, byte for byte: a strong entity tag, and a time of change that is at least
 * a second older than the answer, since a file may change twice within one (RFC 9110, sections 8.8.1 and 8.8.2.2).
 */
export function versionOf(headers: IncomingHttpHeaders): FileVersion {
  const { etag, date } = headers;
  const lastModified = headers['last-modified'];
  const isOld = lastModified !== undefined && Date.parse(date ?? '') - Date.parse(lastModified) >= 1000;
  return {
    ...(etag !== undefined && /^"[^"]*"$/.test(etag) ? { etag } : {}),
    ...(isOld ? { lastModified } : {}),
  };
}

/** Content-Length as a number; undefined where there is none that makes sense. */
export function contentLength(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
