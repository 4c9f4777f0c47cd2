import { lookup } from 'node:dns/promises';
import { AbortedError, errorMessage, type NetworkAccess } from '@kinegraph/core/plugin';
import { CameraNotAllowedError, CameraUnreachableError } from '../camera-errors.js';
import { subjectOfLive } from '../decoder/live-input.js';
import type { LiveInput } from '../decoder/live-input.js';
import { accessUrlOf } from './camera-url.js';

/**
 * Asks where a camera's name leads right now and whether that may be opened, and pins the connection to it.
 *
 * A name may lead elsewhere at each look-up (DNS rebinding), so RTSP is given the very address that was allowed; with several,
 * attempts take turns. HTTP keeps the name, which servers and certificates want to see.
 *
 * @param attempt - counts from 0
 * @throws CameraUnreachableError where the name leads nowhere, CameraNotAllowedError, AbortedError
 */
export async function allowedInput(
  input: LiveInput,
  network: NetworkAccess,
  attempt: number,
  signal: AbortSignal,
): Promise<LiveInput> {
  if (input.kind === 'device') return input;
  const url = new URL(input.url);
  const camera = subjectOfLive(input);
  const addresses = await addressesOf(url.hostname, camera, signal);
  try {
    network.check(accessUrlOf(input), addresses);
  } catch (cause) {
    throw new CameraNotAllowedError({ camera, addresses }, { cause });
  }
  const address = addresses[attempt % addresses.length];
  if (url.protocol !== 'rtsp:' || address === undefined) return input;
  url.hostname = address.includes(':') ? `[${address}]` : address;
  return { ...input, url: url.href };
}

/** A look-up cannot be called off; one that hangs is left behind. */
async function addressesOf(hostname: string, camera: string, signal: AbortSignal): Promise<string[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const found = lookup(host, { all: true, order: 'ipv4first' });
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new AbortedError({ what: 'Looking up a camera' }));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return (await Promise.race([found, aborted])).map(({ address }) => address);
  } catch (error) {
    if (error instanceof AbortedError) throw error;
    throw new CameraUnreachableError({ camera, reason: errorMessage(error) }, { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
