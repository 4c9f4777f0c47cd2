import { Buffer } from 'node:buffer';
import { isLoopbackHost } from '../../plugins/index.js';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The proxy that is asked for a download. */
export interface ProxySetting {
  /** Its address, without user and password. */
  readonly uri: string;
  /** What it is told as `Proxy-Authorization`. */
  readonly token?: string;
}

/** A variable that should name a proxy names none. Its value stays untold, since it may hold a password. */
export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError';
  constructor(readonly variable: string) {
    super(`the variable ${variable} does not hold the address of a proxy`);
  }
}

/** HTTPS_PROXY, else HTTP_PROXY, whose proxies mostly tunnel as well: what is not https never leaves this machine. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** The proxy on the way to `url`; undefined where there is none. @throws ProxySettingError */
export function proxyFor(env: Variables, url: URL): ProxySetting | undefined {
  const variable = PROXY_VARIABLES.find((name) => valueOf(env, name) !== '');
  if (variable === undefined || isLoopbackHost(url.hostname) || isExcepted(env, url)) return undefined;
  const value = valueOf(env, variable);
  try {
    const { protocol, origin, username, password } = new URL(value.includes('://') ? value : `http://${value}`);
    if (protocol !== 'http:' && protocol !== 'https:') throw new ProxySettingError(variable);
    if (username === '' && password === '') return { uri: origin };
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { uri: origin, token: `Basic ${Buffer.from(user).toString('base64')}` };
  } catch {
    throw new ProxySettingError(variable); // what the parser says repeats the value
  }
}

/** True where NO_PROXY names the host or a domain around it, perhaps with a port, or `*`. */
function isExcepted(env: Variables, { protocol, hostname, port }: URL): boolean {
  const host = withoutBrackets(hostname);
  const portOfUrl = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const entries = (valueOf(env, 'no_proxy') || valueOf(env, 'NO_PROXY')).toLowerCase().split(/[,\s]+/);
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [, name = entry, portOfEntry = portOfUrl] = /^(\[.*\]|[^:]+):(\d+)$/.exec(entry) ?? [];
    const domain = withoutBrackets(name).replace(/^\*?\./, '');
    return domain !== '' && portOfEntry === portOfUrl && (host === domain || host.endsWith(`.${domain}`));
  });
}

function withoutBrackets(host: string): string {
  return host.replaceAll(/^\[|\]$/g, '');
}

function valueOf(env: Variables, name: string): string {
  return env[name]?.trim() ?? '';
}
