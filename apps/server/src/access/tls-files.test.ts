import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TlsFileError } from './access-errors.js';
import { readTlsFiles } from './tls-files.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const RSA = path.join(ROOT, 'apps/server/test/fixtures/tls');
const EC = path.join(ROOT, 'packages/core/test/fixtures/tls');

describe('Certificate and key', () => {
  it('are read where they belong together', () => {
    const files = readTlsFiles({ cert: path.join(RSA, 'expired.pem'), key: path.join(RSA, 'key.pem') });
    expect(files.key.toString()).toContain('PRIVATE KEY');
    readTlsFiles({ cert: path.join(EC, 'cert.pem'), key: path.join(EC, 'key.pem') });
  });

  it.each([
    ['of another kind', path.join(RSA, 'expired.pem'), path.join(EC, 'key.pem')],
    ['of another kind, the other way round', path.join(EC, 'cert.pem'), path.join(RSA, 'key.pem')],
    ['that is a certificate', path.join(EC, 'cert.pem'), path.join(EC, 'cert.pem')],
  ])('are refused with a key %s', (_what, cert, key) => {
    expect(() => readTlsFiles({ cert, key })).toThrow(TlsFileError);
  });
});
