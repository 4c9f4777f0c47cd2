import { KinegraphError } from '@kinegraph/core';
import type { Scope } from './scopes.js';

/** Somebody came without a token, or with one that is not known. */
export class UnauthorizedError extends KinegraphError {
  override readonly name = 'UnauthorizedError';
  readonly code = 'SERVER_UNAUTHORIZED';
  constructor(override readonly data: { reason: 'missing' | 'unknown' }) {
    super(
      data.reason === 'missing'
        ? 'This server demands a token. Send it as "Authorization: Bearer TOKEN", or open the page with "?token=TOKEN".'
        : 'This token or session is not known. It may have been revoked or have run out; ask the operator for another.',
    );
  }
}

/** A token is known but not for this. */
export class ForbiddenError extends KinegraphError {
  override readonly name = 'ForbiddenError';
  readonly code = 'SERVER_FORBIDDEN';
  constructor(override readonly data: { needed: Scope; held: readonly Scope[] }) {
    super(
      `This needs a token with the scope "${data.needed}", and yours has "${data.held.join('", "')}". Ask the operator for another.`,
    );
  }
}

/** A token was asked for that could do more, or for longer, than the one that asks. */
export class TokenBeyondError extends KinegraphError {
  override readonly name = 'TokenBeyondError';
  readonly code = 'SERVER_TOKEN_BEYOND';
  constructor(override readonly data: { what: string; held: string }) {
    super(
      `A token gives no more than who makes it has: ${data.what} is beyond ${data.held}. Leave that out, or ask the operator.`,
    );
  }
}

/** There is no such token. */
export class TokenUnknownError extends KinegraphError {
  override readonly name = 'TokenUnknownError';
  readonly code = 'SERVER_TOKEN_UNKNOWN';
  constructor(override readonly data: { token: string }) {
    super(`There is no token ${JSON.stringify(shortened(data.token))}. GET /api/v1/tokens lists those there are.`);
  }
}

/** A page from elsewhere wants to use the server. */
export class OriginNotAllowedError extends KinegraphError {
  override readonly name = 'OriginNotAllowedError';
  readonly code = 'SERVER_ORIGIN_NOT_ALLOWED';
  constructor(override readonly data: { origin: string }) {
    super(
      `Pages of ${JSON.stringify(shortened(data.origin))} may not use this server. Open its own page, or have the operator add the origin to access.allowedOrigins.`,
    );
  }
}

/** The server is asked for under a name that is not its own, as after DNS rebinding. */
export class HostNotAllowedError extends KinegraphError {
  override readonly name = 'HostNotAllowedError';
  readonly code = 'SERVER_HOST_NOT_ALLOWED';
  constructor(override readonly data: { host: string }) {
    super(
      `This server does not answer as ${JSON.stringify(shortened(data.host))}. Ask for localhost, or have the operator add the name to access.allowedHosts.`,
    );
  }
}

/** A proxy has passed a request on to a server that demands no token, since it takes all for programs of its own machine. */
export class ProxyNotTrustedError extends KinegraphError {
  override readonly name = 'ProxyNotTrustedError';
  readonly code = 'SERVER_PROXY_NOT_TRUSTED';
  constructor() {
    super(
      'This request came through a proxy, but the server demands no token since it expects programs of its own machine only. Have the operator add the address of the proxy to access.trustProxy.',
    );
  }
}

/** Too many wrong tokens from one address. */
export class LoginLimitedError extends KinegraphError {
  override readonly name = 'LoginLimitedError';
  readonly code = 'SERVER_LOGIN_LIMITED';
  constructor(override readonly data: { retryAfterSeconds: number }) {
    super(`Too many wrong tokens came from this address. Try again in ${data.retryAfterSeconds} s.`);
  }
}

/** A client, or all together, hold too many connections. */
export class TooManyConnectionsError extends KinegraphError {
  override readonly name = 'TooManyConnectionsError';
  readonly code = 'SERVER_TOO_MANY_CONNECTIONS';
  constructor(override readonly data: { most: number; of: 'client' | 'server' }) {
    super(
      data.of === 'client'
        ? `This address has ${data.most} connections already, and more are not allowed. Close some first.`
        : `The server has ${data.most} connections already, and more are not allowed. Try again later.`,
    );
  }
}

/** A sender sends more frames than allowed and does not stop. */
export class TooManyFramesError extends KinegraphError {
  override readonly name = 'TooManyFramesError';
  readonly code = 'SERVER_TOO_MANY_FRAMES';
  constructor(override readonly data: { framesPerSecond: number }) {
    super(`More than ${data.framesPerSecond} frames a second came for too long. Send fewer.`);
  }
}

/** A body that is no JSON, or too deep or too large. */
export class BodyError extends KinegraphError {
  override readonly name = 'BodyError';
  readonly code: 'SERVER_BODY_TOO_LARGE' | 'SERVER_BODY_TOO_DEEP' | 'SERVER_BODY_NOT_JSON';
  constructor(
    code: BodyError['code'],
    override readonly data: { reason: string },
  ) {
    super(`The body of the request cannot be used: ${data.reason}.`);
    this.code = code;
  }
}

/** The file with the tokens cannot be used. */
export class TokensFileError extends KinegraphError {
  override readonly name = 'TokensFileError';
  readonly code = 'SERVER_TOKENS_FILE';
  constructor(
    override readonly data: { file: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The tokens of ${data.file} cannot be used: ${data.reason}. Correct or remove the file, or name another.`,
      options,
    );
  }
}

/** Certificate and key cannot be used. */
export class TlsFileError extends KinegraphError {
  override readonly name = 'TlsFileError';
  readonly code = 'SERVER_TLS_FILE';
  constructor(
    override readonly data: { setting: string; file: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(`${data.setting} names ${data.file}, which cannot be used: ${data.reason}. Name a PEM file.`, options);
  }
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
