import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { errorMessage } from '@kinegraph/core/plugin';
import { ConnectSecretError } from '../connect-errors.js';

/** What the settings of a receiver say of TLS. */
interface TlsSettings {
  readonly ca?: string | undefined;
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly insecure: boolean;
}

/** How the receiver's certificate is looked at, and what is shown in return. */
export interface TlsTrust {
  readonly context: SecureContext;
  readonly insecure: boolean;
}

/** A secret that stands in the settings or in a file of its own; undefined where there is none. @throws ConnectSecretError */
export async function readSecret(
  receiver: string,
  setting: string,
  { value, file }: { readonly value: string | undefined; readonly file: string | undefined },
): Promise<string | undefined> {
  return file === undefined ? value : (await readText(receiver, setting, file)).replace(/[\r\n]+$/, '');
}

/** Reads and checks certificates and key. @throws ConnectSecretError */
export async function readTlsTrust(receiver: string, settings: TlsSettings): Promise<TlsTrust> {
  const { certFile, keyFile, insecure } = settings;
  const ca = await readSecret(receiver, 'caFile', { value: settings.ca, file: settings.caFile });
  const cert = await readSecret(receiver, 'certFile', { value: undefined, file: certFile });
  const key = await readSecret(receiver, 'keyFile', { value: undefined, file: keyFile });
  try {
    const context = createSecureContext({
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    });
    return { context, insecure };
  } catch (cause) {
    throw new ConnectSecretError({ receiver, setting: 'certificates', reason: errorMessage(cause) }, { cause });
  }
}

async function readText(receiver: string, setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConnectSecretError({ receiver, setting, reason: errorMessage(cause) }, { cause });
  }
}
