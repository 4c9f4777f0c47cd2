import { KinegraphError, errorCode, errorMessage, withoutSecrets } from '../../base/index.js';
import { ModelDownloadError } from '../../plugins/index.js';
import { ProxySettingError } from './proxy-settings.js';

const RETRY_MEND = 'Check the network and try again, or download the file yourself and give its path';
const TRUST_MEND =
  'If the network has a certificate of its own, name its file in NODE_EXTRA_CA_CERTS; else check who answers for that address';
const PROXY_MEND = 'Set it to one, such as http://proxy.example.org:3128, or unset it';
const PROXY_USER_MEND =
  'Put user and password into the variable that names it: http://user:password@proxy.example.org:3128';

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

/** What a download that ends too soon leaves, as the end of a sentence. */
export function thereToGoOnWith(bytes: number): string {
  return bytes === 0 ? '' : `; ${bytes} bytes are there to go on with`;
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
/** How undici tells the status that a proxy answered with; it is in no field of the error. */
const PROXY_ANSWER = /^Proxy response \((\d{3})\)/;

/** True for an answer that may be another one later. */
export function isPassingStatus(status: number): boolean {
  return PASSING_STATUS.has(status) || status >= 500;
}

/** What the network threw, as a fault that passes or as the end. */
export function toFault(url: string, error: unknown): Error {
  if (error instanceof PassingFault || error instanceof KinegraphError) return error;
  if (error instanceof ProxySettingError) return ended(url, error.message, PROXY_MEND, error);
  const inner = innermost(error);
  const code = errorCode(inner);
  const reason = withoutSecrets(errorMessage(inner) || code);
  const proxyStatus = code === 'UND_ERR_ABORTED' ? PROXY_ANSWER.exec(reason)?.[1] : undefined;
  if (proxyStatus !== undefined) return proxyFault(url, Number(proxyStatus), error);
  if (PASSING.has(code)) return new PassingFault(reason, undefined, { cause: error });
  if (UNTRUSTED.test(code)) return ended(url, reason, TRUST_MEND, error);
  return refusal(url, reason, { cause: error });
}

/** A proxy that opens no tunnel. Its own status is told like that of a server. */
function proxyFault(url: string, status: number, cause: unknown): Error {
  const reason = `the proxy answered with status ${status}`;
  if (isPassingStatus(status)) return new PassingFault(reason, undefined, { cause });
  return ended(url, reason, status === 407 ? PROXY_USER_MEND : RETRY_MEND, cause);
}

function ended(url: string, reason: string, mend: string, cause: unknown): ModelDownloadError {
  return new ModelDownloadError({ url: withoutSecrets(url), reason, mend }, { cause });
}

/** An address may have several machines, each with an error of its own: the first speaks for all. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error;
}
