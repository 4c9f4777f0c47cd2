import { toErrorRecord } from '@kinegraph/core';

const HIDDEN = '***';
/** What is between `//` and `@`; a password may hold a slash, which is no port then. */
const CREDENTIALS = /([a-z][a-z\d+.-]*:\/\/)(?:[^\s/?#"'<>]*|[^\s/?#"'<>@:]*:(?!\d{1,5}\/)[^\s"'<>]*)@/gi;
const PARAMETER = /([?&;][^\s=&"'<>]*(?:token|secret|passw|pwd|api-?key|signature)[^\s=&"'<>]*=)[^\s&"'<>]+/gi;
const HEADER = /\b(bearer|basic) +[\w.~+/=-]{8,}/gi;
/** Tokens of this server begin so, wherever they stand. */
const OWN_TOKEN = /\bkg_[\w-]{16,}/g;
/** Fields whose value is nobody's business, whatever it is. */
const SECRET_FIELD = /token$|secret|passw|^pwd$|authorization|cookie|api-?key/i;
/** What is nested deeper is cut: a log line is no place for it. */
const MOST_LEVELS = 12;

/** A text without the secrets that can be told by where they stand: credentials in URLs, parameters, headers, tokens. */
export function hideInText(text: string): string {
  return text
    .replace(CREDENTIALS, `$1${HIDDEN}@`)
    .replace(PARAMETER, `$1${HIDDEN}`)
    .replace(HEADER, `$1 ${HIDDEN}`)
    .replace(OWN_TOKEN, HIDDEN);
}

/**
 * A copy of a value as JSON has it, without secrets in its texts and in fields that are named like one. Errors become whole
 * records: code, message, stack and causes.
 */
export function hideSecrets(value: unknown, levels: number = MOST_LEVELS): unknown {
  if (typeof value === 'string') return hideInText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '...';
  if (value instanceof Error) return hideSecrets(toErrorRecord(value), levels);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.map((item: unknown) => hideSecrets(item, levels - 1));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      SECRET_FIELD.test(key) && field !== undefined ? HIDDEN : hideSecrets(field, levels - 1),
    ]),
  );
}
