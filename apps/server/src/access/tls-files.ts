import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { errorMessage } from '@kinegraph/core';
import type { ServerConfig } from '../config/index.js';
import { TlsFileError } from './access-errors.js';

/** What `https.createServer` needs. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
}

/** Reads certificate and key, and checks that they belong together. @throws TlsFileError */
export function readTlsFiles(tls: NonNullable<ServerConfig['tls']>): TlsFiles {
  const cert = read('tls.cert', tls.cert);
  const key = read('tls.key', tls.key);
  check('tls.cert', tls.cert, () => createSecureContext({ cert }));
  check('tls.key', tls.key, () => {
    createSecureContext({ cert, key });
    // The line above passes a key of another kind (EC beside RSA), with which every connection would fail.
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new Error('it is not the key of the certificate: key values mismatch');
  });
  return { cert, key, minVersion: 'TLSv1.2' };
}

function read(setting: string, file: string): Buffer {
  let bytes = Buffer.alloc(0);
  check(setting, file, () => {
    bytes = readFileSync(file);
  });
  return bytes;
}

function check(setting: string, file: string, use: () => void): void {
  try {
    use();
  } catch (cause) {
    throw new TlsFileError({ setting, file, reason: errorMessage(cause) }, { cause });
  }
}
