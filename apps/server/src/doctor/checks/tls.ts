import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { isLoopbackAddress, parseAddress } from '@kinegraph/core/node';
import { readTlsFiles } from '../../access/index.js';
import { TlsFileError } from '../../access/access-errors.js';
import type { ServerConfig } from '../../config/index.js';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const DAY_MS = 86_400_000;
/** Before it ends a certificate has to be renewed, which takes people. */
const WARN_DAYS = 30;
const READABLE_BY_OTHERS = 0o077;

/** Whether certificate and key can be used, belong together, and for how long. */
export const tls: ServerCheck = {
  name: 'TLS',
  of: 'server',
  run: async ({ config }) => await Promise.resolve(lookAtTls(config, new Date())),
};

/** Exported for its test: what is to be said at a time. */
export function lookAtTls(config: ServerConfig, now: Date): readonly Finding[] {
  if (config.tls === undefined) return [withoutTls(config)];
  try {
    const { cert } = readTlsFiles(config.tls);
    return [...dates(new X509Certificate(cert), now), ...rights(config.tls.key)];
  } catch (error) {
    if (!(error instanceof TlsFileError)) throw error;
    const { setting, file, reason } = error.data;
    const mend = /mismatch/i.test(reason)
      ? 'Set tls.cert and tls.key to files that were made together.'
      : 'Check the path, that it is a PEM file, and that the user of the server may read it.';
    return [fault(sentenceOf(`${setting} (${file}) cannot be used: ${reason}`), mend)];
  }
}

function withoutTls({ host, access }: ServerConfig): Finding {
  const address = parseAddress(host);
  if (host === 'localhost' || (address !== undefined && isLoopbackAddress(address)))
    return good('None is needed on loopback.');
  if (access.trustProxy.length > 0) return good('Left to the proxy in front.');
  return warning(
    'Tokens and pictures travel unencrypted, and browsers give a camera to pages of https only.',
    'Set tls.cert and tls.key, or put a proxy with TLS in front and name it in access.trustProxy.',
  );
}

function dates({ validFrom, validTo }: X509Certificate, now: Date): readonly Finding[] {
  const [from, to] = [new Date(validFrom), new Date(validTo)];
  const day = to.toISOString().slice(0, 10);
  if (to <= now) return [fault(`The certificate has ended on ${day}.`, RENEW)];
  if (from > now) {
    const mend = "Set this machine's clock, or use a certificate that is valid now.";
    return [fault(`The certificate begins on ${from.toISOString().slice(0, 10)} only.`, mend)];
  }
  const days = Math.floor((to.getTime() - now.getTime()) / DAY_MS);
  const ends = `The certificate ends on ${day}, in ${days} ${days === 1 ? 'day' : 'days'}`;
  return [days < WARN_DAYS ? warning(`${ends}.`, RENEW) : good(`${ends}, and its key belongs to it.`)];
}

const RENEW = 'Put a new certificate in its place, then restart the server.';

function rights(key: string): readonly Finding[] {
  if (process.platform === 'win32' || (statSync(key).mode & READABLE_BY_OTHERS) === 0) return [];
  return [warning(`Others may read the private key ${key}.`, `Run: chmod 600 ${key}`)];
}
