import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, parseAddress } from '@kinegraph/core/node';
import type { Clock } from '@kinegraph/core';
import type { ServerConfig } from '../config/index.js';
import { ForbiddenError, ProxyNotTrustedError, UnauthorizedError } from './access-errors.js';
import { ClientAddresses } from './client-address.js';
import { ConnectionLimiter } from './connection-limiter.js';
import { cookieNameOf, credentialOf, sessionCookie } from './credentials.js';
import { LoginLimiter } from './login-limiter.js';
import { OriginPolicy } from './origin-policy.js';
import { scopesAllow } from './scopes.js';
import type { Scope } from './scopes.js';
import { SessionStore } from './session-store.js';
import type { TokenInfo, TokenStore } from './token-store.js';

/** Who asks. */
export interface Principal {
  /** `anyone`: the server is open, since it listens on loopback only. */
  readonly kind: 'anyone' | 'token' | 'session';
  readonly scopes: readonly Scope[];
  /** Of the token that was shown, or that the session began with. */
  readonly tokenId?: string;
  /** What that token is called. */
  readonly name?: string;
}

const ANYONE: Principal = { kind: 'anyone', scopes: ['admin'] };

/** The parts of a configuration that decide who may do what. */
export type AccessConfig = Pick<ServerConfig, 'host' | 'tls' | 'access' | 'limits'>;

/** True where a token is demanded: always, unless only programs of the same machine reach the server. */
export function demandsToken({ host, access }: Pick<AccessConfig, 'host' | 'access'>): boolean {
  const address = parseAddress(host);
  const isLoopback = host === 'localhost' || (address !== undefined && isLoopbackAddress(address));
  return !isLoopback || access.tokenOnLoopback || access.trustProxy.length > 0;
}

/** Decides about every request and connection: where it comes from, who asks, and whether they may. */
export class AccessControl {
  readonly isOpen: boolean;
  readonly connections: ConnectionLimiter;
  readonly origins: OriginPolicy;
  readonly #addresses: ClientAddresses;
  readonly #logins: LoginLimiter;
  readonly #sessions: SessionStore;

  constructor(
    private readonly config: AccessConfig,
    private readonly tokens: TokenStore,
    clock: Clock,
  ) {
    const { access, limits, host } = config;
    this.isOpen = !demandsToken(config);
    this.connections = new ConnectionLimiter(limits);
    this.origins = new OriginPolicy({ host, isOpen: this.isOpen, ...access });
    this.#addresses = new ClientAddresses(access.trustProxy);
    this.#logins = new LoginLimiter(clock, limits.loginAttempts);
    this.#sessions = new SessionStore(clock, access.sessionMinutes * 60_000);
  }

  /** Refuses what no page or program of ours would send. @throws HostNotAllowedError, ProxyNotTrustedError */
  checkHost({ headers }: IncomingMessage): void {
    this.origins.checkHost(headers.host);
    // Who listens on loopback trusts all who come, and a proxy in front would bring everybody.
    if (this.isOpen && (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined))
      throw new ProxyNotTrustedError();
  }

  /** @throws OriginNotAllowedError */
  checkOrigin(request: IncomingMessage): void {
    this.origins.checkOrigin(request.headers, this.isSecure(request));
  }

  /** Lets through who may. @throws UnauthorizedError, ForbiddenError, LoginLimitedError */
  authorize(request: IncomingMessage, needed: Scope): Principal {
    return this.permit(this.authenticate(request), needed);
  }

  /** Lets through who may of those that were recognized. @throws UnauthorizedError, ForbiddenError */
  permit(principal: Principal | undefined, needed: Scope): Principal {
    if (principal === undefined) throw new UnauthorizedError({ reason: 'missing' });
    if (!scopesAllow(principal.scopes, needed)) throw new ForbiddenError({ needed, held: principal.scopes });
    return principal;
  }

  /** Who asks; undefined for somebody without token and session. @throws UnauthorizedError, LoginLimitedError */
  authenticate(request: IncomingMessage): Principal | undefined {
    if (this.isOpen) return ANYONE;
    const credential = credentialOf(request.headers, request.url ?? '', this.#cookieName(request));
    if (credential === undefined) return undefined;
    if (credential.kind === 'token') return this.#principal('token', this.#verify(request, credential.secret));
    const tokenId = this.#sessions.tokenOf(credential.secret);
    const token = tokenId === undefined ? undefined : this.tokens.find(tokenId); // it may have been revoked since
    return token === undefined ? undefined : this.#principal('session', token);
  }

  /** Begins a session. @returns the `Set-Cookie` @throws UnauthorizedError, LoginLimitedError */
  login(request: IncomingMessage, token: string): string {
    const { id } = this.#verify(request, token);
    return this.#cookie(request, this.#sessions.create(id));
  }

  /** Ends the session of a request. @returns the `Set-Cookie` that takes its cookie away */
  logout(request: IncomingMessage): string {
    const credential = credentialOf({ cookie: request.headers.cookie }, '', this.#cookieName(request));
    if (credential !== undefined) this.#sessions.end(credential.secret);
    return this.#cookie(request, '');
  }

  /** Counts a connection until it is disposed of. @throws TooManyConnectionsError */
  connect(request: IncomingMessage): Disposable {
    return this.connections.take(this.addressOf(request));
  }

  /** True where the client speaks TLS, with us or with a proxy that we trust. */
  isSecure({ headers, socket }: IncomingMessage): boolean {
    if (this.config.tls !== undefined) return true;
    return this.#addresses.isTrusted(socket.remoteAddress) && headers['x-forwarded-proto'] === 'https';
  }

  #verify(request: IncomingMessage, secret: string): TokenInfo {
    const address = this.addressOf(request);
    this.#logins.check(address);
    const token = this.tokens.verify(secret);
    if (token === undefined) {
      this.#logins.failed(address);
      throw new UnauthorizedError({ reason: 'unknown' });
    }
    this.#logins.succeeded(address);
    return token;
  }

  #principal(kind: 'token' | 'session', { id, name, scopes }: TokenInfo): Principal {
    return { kind, scopes, tokenId: id, name };
  }

  /** The client's own address, behind proxies that are trusted. */
  addressOf({ headers, socket }: IncomingMessage): string {
    const forwarded = headers['x-forwarded-for'];
    return this.#addresses.addressOf(socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(',') : forwarded);
  }

  #cookieName(request: IncomingMessage): string {
    return cookieNameOf(request.socket.localPort ?? 0, this.isSecure(request));
  }

  #cookie(request: IncomingMessage, id: string): string {
    const maxAgeSeconds = this.config.access.sessionMinutes * 60;
    return sessionCookie(this.#cookieName(request), id, { isSecure: this.isSecure(request), maxAgeSeconds });
  }
}
