import { createClient } from '@kinegraph/client';
import type { KinegraphClient, components } from '@kinegraph/client';
import { useConnection } from './connection-store.js';

/** The server that has given out this page. */
export const server: KinegraphClient = createClient({
  url: location.origin,
  fetch: async (request) => await useConnection().ask(request),
});

export type ExampleGraph = components['schemas']['ExampleGraph'];
export type GraphSummary = components['schemas']['GraphSummary'];
export type KeptGraph = components['schemas']['KeptGraph'];
export type RevisionInfo = components['schemas']['Revision'];
export type RunSummary = components['schemas']['RunSummary'];
type ErrorBody = components['schemas']['Error'];

/** What the server said no with, or that it is not there. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  constructor(
    readonly status: number,
    /** `OFFLINE` where it was not reached. */
    readonly code: string,
    message: string,
    /** Of a graph that was changed in between. */
    readonly current?: { readonly revision: number; readonly isDeleted: boolean },
  ) {
    super(message);
  }
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: ErrorBody;
  readonly response: Response;
}

/** The data of an answer. @throws ApiFailure */
export async function answered<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>;
  try {
    answer = await asked;
  } catch (cause) {
    throw new ApiFailure(0, 'OFFLINE', cause instanceof Error ? cause.message : String(cause));
  }
  const { data, error, response } = answer;
  if (error !== undefined || !response.ok) {
    const { code = 'UNEXPECTED', message = response.statusText, current } = error?.error ?? {};
    throw new ApiFailure(response.status, code, message, current);
  }
  return data as Data; // an answer that is no error has it, or has none to give
}
