import createFetchClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { paths } from './generated/api.js';

/** Where the server is, and what it is shown. */
export interface ClientOptions {
  /** As `http://127.0.0.1:4242`. */
  readonly url: string;
  /** Where the server demands one. */
  readonly token?: string;
  /** In place of the `fetch` of the platform. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Answers are `{ data }` or `{ error }`, each of the type that the server documents for the path, and `response`:
 *
 * ```ts
 * const { data, error } = await client.GET('/api/v1/runs/{run}', { params: { path: { run: 'live' } } });
 * if (error) throw new Error(error.error.message);
 * ```
 */
export type KinegraphClient = Client<paths>;

/** A client of the server at `url`. Asks nothing yet. */
export function createClient({ url, token, fetch }: ClientOptions): KinegraphClient {
  return createFetchClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}
