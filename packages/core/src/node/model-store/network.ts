import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { isLoopbackHost } from '../../plugins/index.js';

/** How the network is reached. */
export interface NetworkOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in lower case first. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Certificates (PEM) to trust beside those of Node. NODE_EXTRA_CA_CERTS does the same for the whole process. */
  readonly ca?: string;
}

/** A way to the servers of one try. */
export interface Network {
  /** One request, headers as they are sent; bodies come as the server codes them. */
  get(url: string, headers: Readonly<Record<string, string>>): Promise<Dispatcher.ResponseData>;
}

/**
 * Opens nothing yet. Undici is loaded here, since most processes download nothing.
 *
 * @param signal - Ends every socket, whether it is connecting, shaking hands, waiting for a proxy or reading. Undici on its
 *   own forgets a request that is aborted before it has a connection, and waits for that connection all the same.
 */
export async function openNetwork({ env, ca }: NetworkOptions, signal: AbortSignal): Promise<Network> {
  const { Agent, EnvHttpProxyAgent, Pool, request } = await import('undici');
  // The limits of time are the downloader's own.
  const limits = { headersTimeout: 0, bodyTimeout: 0 };
  const connect = { ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }), signal, timeout: 0 };
  const direct = new Agent({ ...limits, connect });
  // undici would look at the process for what is undefined here, so it is given all three.
  const proxied = new EnvHttpProxyAgent({
    ...limits,
    connect,
    requestTls: connect,
    proxyTls: connect,
    clientFactory: (origin, options) => new Pool(origin, { ...options, ...limits }),
    httpProxy: variable(env, 'http_proxy'),
    httpsProxy: variable(env, 'https_proxy'),
    noProxy: variable(env, 'no_proxy'),
  });
  return {
    get: (url, headers) =>
      request(url, {
        method: 'GET',
        headers,
        signal,
        // No proxy reaches this very machine.
        dispatcher: isLoopbackHost(new URL(url).hostname) ? direct : proxied,
      }),
  };
}

/** A variable by its name in lower or upper case, as curl has it; "" where it is not set. */
function variable(env: NetworkOptions['env'], name: string): string {
  return env[name] ?? env[name.toUpperCase()] ?? '';
}

/** True where KINEGRAPH_OFFLINE is set to anything but nothing, 0, false or no. */
export function isOfflineByEnvironment(env: NetworkOptions['env']): boolean {
  return !['', '0', 'false', 'no'].includes((env['KINEGRAPH_OFFLINE'] ?? '').trim().toLowerCase());
}
