import { setMaxListeners } from 'node:events';
import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { proxyFor } from './proxy-settings.js';
import type { Variables } from './proxy-settings.js';

/** How the network is reached. */
export interface NetworkOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in lower case first. */
  readonly env: Variables;
  /** Certificates (PEM) to trust beside those of Node. NODE_EXTRA_CA_CERTS does the same for the whole process. */
  readonly ca?: string;
}

/** A way to the servers of one try. */
export interface Network {
  /** One request, headers as they are sent; bodies come as the server codes them. @throws ProxySettingError, and errors of undici */
  get(url: string, headers: Readonly<Record<string, string>>): Promise<Dispatcher.ResponseData>;
}

/**
 * Opens nothing yet. Undici is loaded here, since most processes download nothing.
 *
 * @param signal - Ends every socket, whether it is connecting, shaking hands, waiting for a proxy or reading. Undici on its
 *   own forgets a request that is aborted before it has a connection, and waits for that connection all the same.
 */
export async function openNetwork({ env, ca }: NetworkOptions, signal: AbortSignal): Promise<Network> {
  const { Agent, Pool, ProxyAgent, request } = await import('undici');
  // The limits of time are the downloader's own.
  const limits = { headersTimeout: 0, bodyTimeout: 0 };
  const connect = { ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }), signal, timeout: 0 };
  setMaxListeners(0, signal); // each socket has one
  const direct = new Agent({ ...limits, connect });
  let proxied: Dispatcher | undefined; // the same for all that go through one
  // First of all listeners: undici opens another connection for one that it loses while it thinks itself in use.
  const destroy = async (): Promise<unknown> => Promise.allSettled([direct.destroy(), proxied?.destroy()]);
  signal.addEventListener('abort', () => void destroy(), { once: true });
  const wayTo = (url: URL): Dispatcher => {
    const proxy = proxyFor(env, url);
    if (proxy === undefined) return direct;
    proxied ??= new ProxyAgent({
      ...limits,
      ...proxy,
      requestTls: connect,
      proxyTls: connect,
      // What asks the proxy for its tunnel gets no limits from undici.
      clientFactory: (origin, options) => new Pool(origin, { ...options, ...limits }),
    });
    return proxied;
  };
  return {
    get: async (url, headers) => {
      signal.throwIfAborted(); // nothing would end what begins now
      return request(url, { method: 'GET', headers, signal, dispatcher: wayTo(new URL(url)) });
    },
  };
}

/** True where KINEGRAPH_OFFLINE is set to anything but nothing, 0, false or no. */
export function isOfflineByEnvironment(env: Variables): boolean {
  return !['', '0', 'false', 'no'].includes((env['KINEGRAPH_OFFLINE'] ?? '').trim().toLowerCase());
}
