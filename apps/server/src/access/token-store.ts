import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorMessage, scanJson, serviceId } from '@kinegraph/core';
import { z } from 'zod';
import { TokensFileError } from './access-errors.js';
import { SCOPES, isScope } from './scopes.js';
import type { Scope } from './scopes.js';

const StoredToken = z.strictObject({
  id: z.string().regex(/^[\w-]{1,40}$/),
  name: z.string().max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  /** SHA-256 of the token, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601. */
  createdAt: z.string().max(40),
  /** Likewise: from then on it is nobody's. Left out: it does not end. */
  expiresAt: z.iso.datetime().max(40).optional(),
});
type StoredToken = z.infer<typeof StoredToken>;
const TokensFile = z.strictObject({ version: z.literal(1), tokens: z.array(StoredToken).max(10_000) });

/** What may be told of a token. */
export type TokenInfo = Readonly<Omit<StoredToken, 'sha256'>>;

/** A new token: the only time that it is there to be shown. */
export interface NewToken extends TokenInfo {
  readonly token: string;
}

/** What a token is to be. */
export interface TokenWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601; left out: it does not end. */
  readonly expiresAt?: string | undefined;
}

/** Tells nobody the hash. */
function infoOf({ sha256: _, ...info }: StoredToken): TokenInfo {
  return info;
}

const TOKEN_BYTES = 32;
const PREFIX = 'kg_';

/**
 * The tokens of a server, in a file that only its user may read. The file keeps hashes: who reads it cannot use them. A
 * plain SHA-256 does, since tokens are 256 random bits; slow hashes are for passwords, which people make up. Changes by
 * others (`kinegraph tokens`) are seen at the next question.
 */
export class TokenStore {
  #tokens: readonly StoredToken[] = [];
  /** Of the file as it was read. */
  #stamp = '';

  constructor(
    readonly file: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws TokensFileError */
  list(): readonly TokenInfo[] {
    this.#refresh();
    return this.#tokens.map(infoOf);
  }

  /** The token with this id, unless it was revoked or has expired. @throws TokensFileError */
  find(id: string): TokenInfo | undefined {
    return this.list().find((token) => token.id === id && !this.#isOver(token));
  }

  /** Whose token this is; undefined for one that is not known. Takes as long for any. @throws TokensFileError */
  verify(token: string): TokenInfo | undefined {
    this.#refresh();
    const hash = hashOf(token);
    let found: StoredToken | undefined;
    // All are compared, each in constant time, so that the time tells nothing about which was near.
    for (const candidate of this.#tokens)
      if (timingSafeEqual(Buffer.from(candidate.sha256, 'hex'), hash)) found = candidate;
    return found === undefined || this.#isOver(found) ? undefined : infoOf(found);
  }

  /** Makes a token. Its text is in the answer and nowhere else. @throws TokensFileError */
  create(options: TokenWish): NewToken {
    this.#refresh();
    const token = `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const stored: StoredToken = {
      id: randomBytes(6).toString('hex'), // not base64: a "-" at its beginning would be an option on the command line
      name: options.name,
      scopes: options.scopes.filter(isScope),
      sha256: hashOf(token).toString('hex'),
      createdAt: this.now().toISOString(),
      ...(options.expiresAt === undefined ? {} : { expiresAt: options.expiresAt }),
    };
    this.#write([...this.#tokens, stored]);
    return { ...infoOf(stored), token };
  }

  /** @returns false where there is no such token. @throws TokensFileError */
  revoke(id: string): boolean {
    this.#refresh();
    const rest = this.#tokens.filter((token) => token.id !== id);
    if (rest.length === this.#tokens.length) return false;
    this.#write(rest);
    return true;
  }

  #isOver({ expiresAt }: TokenInfo): boolean {
    return expiresAt !== undefined && Date.parse(expiresAt) <= this.now().getTime();
  }

  #refresh(): void {
    let stamp: string;
    try {
      const { mtimeMs, size, ino, mode } = statSync(this.file);
      if ((mode & 0o077) !== 0 && process.platform !== 'win32') chmodSync(this.file, 0o600);
      stamp = `${mtimeMs} ${size} ${ino}`;
    } catch (cause) {
      if (!isMissing(cause)) throw this.#unusable(errorMessage(cause), cause);
      this.#tokens = [];
      this.#stamp = '';
      return;
    }
    if (stamp === this.#stamp) return;
    this.#tokens = this.#read();
    this.#stamp = stamp;
  }

  #read(): readonly StoredToken[] {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (cause) {
      throw this.#unusable(errorMessage(cause), cause);
    }
    const { fault } = scanJson(text, 8);
    if (fault !== undefined) throw this.#unusable(`it is not JSON (${fault.reason})`);
    const parsed = TokensFile.safeParse(JSON.parse(text));
    // The values of such a file are not for messages.
    if (!parsed.success)
      throw this.#unusable(`it is not a tokens file (${parsed.error.issues[0]?.path.join('.') ?? ''})`);
    return parsed.data.tokens;
  }

  /** By a temporary file that takes the place of the old one, so that there is always a whole one. */
  #write(tokens: readonly StoredToken[]): void {
    const temporary = `${this.file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, `${JSON.stringify({ version: 1, tokens }, undefined, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
      });
      renameSync(temporary, this.file);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw this.#unusable(`it cannot be written (${errorMessage(cause)})`, cause);
    }
    this.#stamp = '';
    this.#refresh();
  }

  #unusable(reason: string, cause?: unknown): TokensFileError {
    return new TokensFileError({ file: this.file, reason }, cause === undefined ? undefined : { cause });
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** The tokens of this server. */
export const TokenStoreService = serviceId<TokenStore>('server.TokenStore');
