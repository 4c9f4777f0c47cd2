import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TokensFileError } from './access-errors.js';
import { TokenStore } from './token-store.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-tokens-'));
  file = path.join(folder, 'deep/er/tokens.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('tokens', () => {
  it('are known again, also by another store, and kept as hashes', () => {
    const store = new TokenStore(file, () => new Date('2025-01-02T03:04:05Z'));
    const made = store.create({ name: 'camera', scopes: ['ingest'] });
    expect(made.token).toMatch(/^kg_[\w-]{43}$/);
    const info = { id: made.id, name: 'camera', scopes: ['ingest'], createdAt: '2025-01-02T03:04:05.000Z' };
    expect(store.verify(made.token)).toEqual(info);
    expect(new TokenStore(file).verify(made.token)).toEqual(info);
    expect(readFileSync(file, 'utf8')).not.toContain(made.token);
    expect(JSON.stringify(store.list())).not.toMatch(/sha256|kg_/);
  });

  it('are in a file that only its user may read, and nothing is left beside it', () => {
    const store = new TokenStore(file);
    store.create({ name: '', scopes: ['view'] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(readdirSync(path.dirname(file))).toEqual(['tokens.json']);
    chmodSync(file, 0o644);
    store.list();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("are nobody's from their end on, sessions included, and stay listed", () => {
    let now = new Date('2025-01-02T03:04:05Z');
    const store = new TokenStore(file, () => now);
    const expiresAt = '2025-01-02T04:00:00Z';
    const made = store.create({ name: 'guest', scopes: ['view'], expiresAt });
    expect(store.verify(made.token)).toMatchObject({ name: 'guest', expiresAt });
    now = new Date('2025-01-02T03:59:59.999Z');
    expect(store.find(made.id)?.id).toBe(made.id);
    now = new Date(expiresAt);
    expect([store.verify(made.token), store.find(made.id)]).toEqual([undefined, undefined]);
    expect(store.list().map(({ name }) => name)).toEqual(['guest']);
  });

  it('are gone once revoked, also where another process did it', () => {
    const [server, command] = [new TokenStore(file), new TokenStore(file)];
    const kept = server.create({ name: 'a', scopes: ['view'] });
    const gone = command.create({ name: 'b', scopes: ['view'] });
    expect(server.verify(gone.token)?.name).toBe('b');
    expect([command.revoke(gone.id), command.revoke(gone.id)]).toEqual([true, false]);
    expect([server.verify(gone.token), server.find(gone.id), server.verify(kept.token)?.name]).toEqual([
      undefined,
      undefined,
      'a',
    ]);
  });

  it('are none where there is no file', () => {
    const store = new TokenStore(file);
    expect([store.list(), store.verify('kg_x'), store.revoke('x')]).toEqual([[], undefined, false]);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"version":2,"tokens":[]}',
    '{"version":1,"tokens":[{"id":"x"}]}',
    '{"version":1,"tokens":[],"__proto__":1}',
  ])('let nobody in where the file is %j', (text) => {
    file = path.join(folder, 'tokens.json');
    writeFileSync(file, text);
    expect(() => new TokenStore(file).verify('kg_x')).toThrow(TokensFileError);
  });

  it('are not guessed by any text', () => {
    const store = new TokenStore(file);
    const { token } = store.create({ name: '', scopes: ['admin'] });
    const near = fc.constantFrom(token.slice(0, -1), `${token}=`, token.toUpperCase(), token.slice(3), ` ${token}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (text) => {
        expect(store.verify(text)).toBeUndefined();
      }),
    );
  });
});
