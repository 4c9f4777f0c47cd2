import { readFileSync } from 'node:fs';
import { createClient } from '@kinegraph/client';
import type { KinegraphClient } from '@kinegraph/client';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { inRepository } from './kinegraph.js';

/** What came of asking. */
export interface Asked {
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Asks a server by method and path; each answer is held against the server's OpenAPI document. */
export interface ApiDriver {
  ask(method: Method, path: string, request?: Asking): Promise<Asked>;
}
type Params = Readonly<Record<string, string>>;
interface Asking {
  readonly params?: Params;
  readonly query?: Params;
  readonly body?: unknown;
}

interface Described {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
const DOCUMENT = JSON.parse(readFileSync(inRepository('apps/server/openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(DOCUMENT, 'document');

/** Throws where an answer is not as the document says. */
function check(method: Method, path: string, { status, body }: Asked): void {
  const described = DOCUMENT.paths[path]?.[method];
  const answer = described?.responses[String(status)];
  if (answer === undefined) throw new Error(`The document tells no answer ${status} of ${method} ${path}.`);
  if (answer.content?.['application/json'] === undefined) return;
  const pointer = ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const fits = ajv.compile({ $ref: `document#/${pointer}` });
  if (!fits(body))
    throw new Error(`${method} ${path} answers what the document does not say: ${ajv.errorsText(fits.errors)}`);
}

/** By `fetch`, with paths put together by hand. */
export function byHand(url: string): ApiDriver {
  return {
    async ask(method, path, { params = {}, query = {}, body } = {}) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const response = await fetch(`${url}${filled}?${new URLSearchParams(query).toString()}`, {
        method: method.toUpperCase(),
        ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      const asked = { status: response.status, body: isJson ? JSON.parse(text) : text };
      check(method, path, asked);
      return asked;
    },
  };
}

/** By the client that is generated from the document. */
export function byClient(url: string): ApiDriver {
  const client: KinegraphClient = createClient({ url });
  return {
    async ask(method, path, { params = {}, query = {}, body } = {}) {
      // The suite goes by the names of paths; types are the client's own matter, and its own test's.
      const { data, error, response } = await client.request(
        method,
        path as never,
        { params: { path: params, query }, body } as never,
      );
      const asked = { status: response.status, body: error ?? data };
      check(method, path, asked);
      return asked;
    },
  };
}
