import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  AbortedError,
  errorCode,
  errorMessage,
  KinegraphError,
  TimeLimitError,
  type Clock,
  type NetworkAccess,
} from '@kinegraph/core/plugin';
import { ConnectCertificateError, ConnectNotAllowedError, ConnectUnreachableError } from '../connect-errors.js';
import { EitherSignal } from '../delivery/either-signal.js';
import type { TlsTrust } from '../settings/read-secrets.js';

/** For the name to be looked up, and for the connection to be there, TLS included. */
const CONNECT_LIMIT_MS = 10_000;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'mqtt:': 1883, 'mqtts:': 8883 };
/** OpenSSL's and Node's words for certificates that are not trusted. */
const CERTIFICATE_FAULT = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET/;

/** Where to connect, and what decides whether that may be. */
export interface Destination {
  /** How the receiver may be called in errors. */
  readonly receiver: string;
  readonly url: URL;
  readonly trust: TlsTrust;
  readonly network: NetworkAccess;
  readonly clock: Clock;
}

/** How `NetworkAccess` is asked about a URL: its path and query may be secrets, and decide nothing. */
export function accessUrlOf({ protocol, host }: URL): string {
  return `${protocol}//${host}/`;
}

/**
 * A connection to the receiver, after its TLS handshake where it has one.
 *
 * A name may lead elsewhere at each look-up (DNS rebinding). So it is looked up here, its addresses are checked, and the
 * connection goes to one of these; the certificate is still that of the name.
 *
 * @throws ConnectUnreachableError, ConnectCertificateError, ConnectNotAllowedError, AbortedError
 */
export async function openConnection(destination: Destination, signal: AbortSignal): Promise<Socket> {
  const { clock, receiver } = destination;
  using either = new EitherSignal(signal);
  const timer = clock.schedule(CONNECT_LIMIT_MS, () =>
    either.abort(new TimeLimitError({ what: 'Connecting', limitMs: CONNECT_LIMIT_MS })),
  );
  try {
    return await firstThatOpens(destination, either.signal);
  } catch (cause) {
    if (signal.aborted) throw new AbortedError({ what: 'Connecting' });
    if (cause instanceof KinegraphError && !(cause instanceof TimeLimitError)) throw cause;
    const reason = errorMessage(cause);
    if (CERTIFICATE_FAULT.test(errorCode(cause))) throw new ConnectCertificateError({ receiver, reason }, { cause });
    throw new ConnectUnreachableError({ receiver, reason }, { cause });
  } finally {
    timer[Symbol.dispose]();
  }
}

async function firstThatOpens(destination: Destination, signal: AbortSignal): Promise<Socket> {
  const { url, receiver, network } = destination;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) > 0 ? [host] : await addressesOf(host, signal);
  try {
    network.check(accessUrlOf(url), addresses);
  } catch (cause) {
    throw new ConnectNotAllowedError({ receiver, addresses }, { cause });
  }
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await connectTo(address, host, destination, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** A look-up cannot be called off; one that hangs is left behind. */
async function addressesOf(host: string, signal: AbortSignal): Promise<string[]> {
  const found = lookup(host, { all: true, order: 'ipv4first' });
  return (await orAborted(found, signal)).map(({ address }) => address);
}

async function connectTo(
  address: string,
  host: string,
  { url, trust }: Destination,
  signal: AbortSignal,
): Promise<Socket> {
  const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? 0) : Number(url.port);
  const socket = connectTcp({ host: address, port, noDelay: true });
  try {
    await orAborted(heard(socket, 'connect'), signal);
    if (url.protocol === 'http:' || url.protocol === 'mqtt:') return socket;
    const secured = connectTls({
      socket,
      host,
      ...(isIP(host) > 0 ? {} : { servername: host }),
      secureContext: trust.context,
      rejectUnauthorized: !trust.insecure,
    });
    await orAborted(heard(secured, 'secureConnect'), signal);
    return secured;
  } catch (error) {
    socket.on('error', () => {}); // what comes after this is of no interest
    socket.destroy();
    throw error;
  }
}

/** Settles with the event, rejects with what kept it from coming. */
function heard(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject).off('close', onClose);
      resolve();
    });
    const onClose = (): void => reject(new Error('the connection was closed'));
    socket.once('error', reject).once('close', onClose);
  });
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    work.catch(() => {}); // where it lost the race
  }
}
