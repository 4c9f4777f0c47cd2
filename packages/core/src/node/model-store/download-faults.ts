import { KinegraphError, errorCode, errorMessage } from '../../base/index.js';
import { ModelDownloadError } from '../../plugins/index.js';

const RETRY_MEND = 'Check the network and try again, or download the file yourself and give its path';
const TRUST_MEND =
  'If the network has a certificate of its own, name its file in NODE_EXTRA_CA_CERTS; else check who answers for that address';

/** A fault that may be gone at the next try. Never leaves the downloader. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  /** @param afterMs - When to try again; undefined: after the usual back-off. */
  constructor(
    message: string,
    readonly afterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A download that is over. */
export function refusal(url: string, reason: string, options?: ErrorOptions): ModelDownloadError {
  return new ModelDownloadError({ url: withoutSecrets(url), reason, mend: RETRY_MEND }, options);
}

/** Codes of the system and of undici for what a network does in passing. */
const PASSING: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
  'Z_BUF_ERROR',
  'Z_DATA_ERROR',
]);
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);
const UNTRUSTED = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/** True for an answer that may be another one later. */
export function isPassingStatus(status: number): boolean {
  return PASSING_STATUS.has(status) || status >= 500;
}

/** What the network threw, as a fault that passes or as the end. */
export function toFault(url: string, error: unknown): Error {
  if (error instanceof PassingFault || error instanceof KinegraphError) return error;
  const inner = innermost(error);
  const code = errorCode(inner);
  const reason = withoutSecrets(errorMessage(inner) || code);
  if (PASSING.has(code)) return new PassingFault(reason, undefined, { cause: error });
  if (UNTRUSTED.test(code))
    return new ModelDownloadError({ url: withoutSecrets(url), reason, mend: TRUST_MEND }, { cause: error });
  return refusal(url, reason, { cause: error });
}

/** An address may have several machines, each with an error of its own: the first speaks for all. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error;
}

/** Takes user and password out of addresses. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/(\/\/)[^/@\s]*@/g, '$1');
}
