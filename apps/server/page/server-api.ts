import type { Skeleton } from '@kinegraph/ui';

/** A run as the server lists it. */
export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly sources: readonly {
    readonly node: string;
    readonly type: string;
    /** Of a source that clients send to. */
    readonly takes?: 'frames' | 'landmarks';
  }[];
}

/** A run that the server should have and has not, and why. */
export interface RefusedRun {
  readonly id: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Of a graph that is at fault. */
    readonly problems?: readonly { readonly message: string }[];
  };
}

export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly refused: readonly RefusedRun[];
}

/** The server asks for a token first. */
export class TokenNeededError extends Error {
  override readonly name = 'TokenNeededError';
}

/** The server answered something else than what was asked for, or nothing. */
export class ServerAnswerError extends Error {
  override readonly name = 'ServerAnswerError';
}

export async function fetchRuns(): Promise<RunList> {
  const { runs, refused } = (await getJson('/api/v1/runs')) as Partial<RunList>;
  return { runs: runs ?? [], refused: refused ?? [] };
}

/** The skeletons that landmarks of a run may be of, by id. */
export async function fetchSkeletons(run: string): Promise<ReadonlyMap<string, Skeleton>> {
  const skeletons = (await getJson(`/api/v1/runs/${encodeURIComponent(run)}/skeletons`)) as readonly Skeleton[];
  return new Map(skeletons.map((skeleton) => [skeleton.id, skeleton]));
}

/** Where a run's results come from. */
export function resultsPath(run: string): string {
  return `/api/v1/runs/${encodeURIComponent(run)}/results`;
}

/** A stream of the pictures of a source, with all that was found drawn on them. */
export function picturesPath(run: string, node: string): string {
  return `/api/v1/runs/${encodeURIComponent(run)}/nodes/${encodeURIComponent(node)}/stream.mjpg?overlay=all&size=480`;
}

/** Where frames for a source go. */
export function ingestPath(run: string, node: string): string {
  return `/api/v1/runs/${encodeURIComponent(run)}/sources/${encodeURIComponent(node)}/ingest`;
}

/** Trades a token for a session. @returns What is wrong with it; undefined where it was taken. */
export async function login(token: string): Promise<string | undefined> {
  const response = await send('/api/v1/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return response.ok ? undefined : await sentenceOf(response);
}

async function getJson(path: string): Promise<unknown> {
  const response = await send(path, { headers: { accept: 'application/json' } });
  if (response.status === 401) throw new TokenNeededError();
  if (!response.ok) throw new ServerAnswerError(await sentenceOf(response));
  return response.json();
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    throw new ServerAnswerError('The server does not answer. Is it running?', { cause: error });
  }
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: { message?: string } };
    if (error?.message !== undefined) return error.message;
  } catch {
    // An answer without JSON has no sentence of its own.
  }
  return `The server answered ${response.status}.`;
}
