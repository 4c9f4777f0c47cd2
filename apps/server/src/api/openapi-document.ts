import { z } from 'zod';
import { statusOfCode } from '../answers/error-answers.js';
import { isJsonBody } from './operation.js';
import type { Operation, OtherAnswer } from './operation.js';
import { TAGS } from './operations/tags.js';
import { ErrorBody } from './shapes/problem.js';

/** A JSON Schema as this code passes it on. */
type Schema = Readonly<Record<string, unknown>>;

/** The errors that every operation may answer with, by code. */
const OF_ALL = [
  'SERVER_REQUEST_INVALID',
  'SERVER_UNAUTHORIZED',
  'SERVER_FORBIDDEN',
  'SERVER_LOGIN_LIMITED',
  'UNEXPECTED',
];
const OF_BODIES = ['SERVER_BODY_NOT_JSON', 'SERVER_BODY_TOO_DEEP', 'SERVER_BODY_TOO_LARGE'];

/**
 * The OpenAPI 3.1 document of the operations, from the very schemas that check them.
 * Source: https://spec.openapis.org/oas/v3.1.1
 */
export function openApiDocument(operations: readonly Operation[], version: string): Schema {
  const components = new Components();
  const paths: Record<string, Record<string, Schema>> = {};
  for (const one of operations) {
    const path = (paths[one.path] ??= {});
    path[one.method] = describe(one, components);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Kinegraph server',
      version,
      description: 'Keeps graphs, runs them, and tells what they find. WebSockets are described in docs/protocol.md.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of `kinegraph tokens create`.' },
      },
    },
  };
}

function describe(one: Operation, components: Components): Schema {
  const { id, tag, summary, description, scope, params, query, body, answer } = one;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    // A server that listens on loopback alone demands no token.
    security: scope === 'open' ? [] : [{ token: [] }, {}],
    'x-kinegraph-scope': scope,
    ...parametersOf(params, query, components),
    ...(body === undefined ? {} : { requestBody: bodyOf(body, components) }),
    responses: {
      [answer.status]: answerOf(answer, components),
      ...othersOf(one, components),
      ...errorsOf(one, components),
    },
  };
}

function parametersOf(params: Operation['params'], query: Operation['query'], components: Components): Schema {
  const all = [...fieldsOf(params, 'path', components), ...fieldsOf(query, 'query', components)];
  return all.length === 0 ? {} : { parameters: all };
}

function fieldsOf(object: z.ZodObject | undefined, where: 'path' | 'query', components: Components): Schema[] {
  if (object === undefined) return [];
  const { properties = {}, required = [] } = components.inline(object, 'input') as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function bodyOf(body: NonNullable<Operation['body']>, components: Components): Schema {
  if (!isJsonBody(body)) {
    const { description, mediaType } = body;
    return { description, required: true, content: { [mediaType]: { schema: { type: 'string' } } } };
  }
  const isRequired = !body.safeParse(undefined).success;
  return { required: isRequired, content: { 'application/json': { schema: components.inline(body, 'input') } } };
}

function answerOf(answer: OtherAnswer, components: Components): Schema {
  const { description } = answer;
  if ('schema' in answer) {
    return { description, content: { 'application/json': { schema: components.inline(answer.schema, 'output') } } };
  }
  return 'mediaType' in answer ? { description, content: { [answer.mediaType]: {} } } : { description };
}

function othersOf({ others = {} }: Operation, components: Components): Record<string, Schema> {
  return Object.fromEntries(Object.entries(others).map(([status, other]) => [status, answerOf(other, components)]));
}

/** One answer for each status, with the codes that it stands for. */
function errorsOf({ errors, body }: Operation, components: Components): Record<string, Schema> {
  const codes = new Map<number, string[]>();
  for (const code of new Set([...OF_ALL, ...(isJsonBody(body) ? OF_BODIES : []), ...errors])) {
    const status = statusOfCode(code);
    codes.set(status, [...(codes.get(status) ?? []), code]);
  }
  const content = { 'application/json': { schema: components.inline(ErrorBody, 'output') } };
  const byStatus = [...codes].toSorted(([a], [b]) => a - b);
  return Object.fromEntries(
    byStatus.map(([status, of]) => [status, { description: of.map((code) => `\`${code}\``).join(', '), content }]),
  );
}

/** Schemas that have an id stand once, and are referred to. */
class Components {
  readonly schemas: Record<string, Schema> = {};

  /** The schema, in which those that have an id are references. */
  inline(schema: z.ZodType, io: 'input' | 'output'): Schema {
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
    }) as Schema & { readonly $defs?: Readonly<Record<string, Schema>> };
    for (const [id, definition] of Object.entries($defs ?? {})) this.#keep(id, definition);
    const { id } = own;
    if (typeof id !== 'string') return referring(own);
    this.#keep(id, own);
    return { $ref: `#/components/schemas/${id}` };
  }

  #keep(id: string, definition: Schema): void {
    const { id: _, $id: __, ...schema } = definition;
    const kept = referring(schema);
    const known = this.schemas[id];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(kept))
      throw new TypeError(`Two schemas of the document are called "${id}". Give one another id.`);
    this.schemas[id] = kept;
  }
}

/** References lead to where a document keeps its schemas; that an integer is one that JavaScript can hold goes without saying. */
function referring(schema: Schema): Schema {
  const text = JSON.stringify(schema, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutSafeBounds(value) : value,
  );
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Schema;
}

function withoutSafeBounds(schema: object): object {
  const { minimum, maximum, ...others } = schema as { readonly minimum?: unknown; readonly maximum?: unknown };
  return {
    ...others,
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
}
