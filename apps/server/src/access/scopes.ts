/** What a token may be given for, from the least. */
export const SCOPES = ['view', 'ingest', 'edit', 'deploy', 'admin'] as const;

/**
 * - `view`: see runs, results, pictures and figures;
 * - `ingest`: view, and send frames into running graphs;
 * - `edit`: view, and change saved graphs;
 * - `deploy`: edit, and start, change and stop runs;
 * - `admin`: everything.
 */
export type Scope = (typeof SCOPES)[number];

/** What each scope allows. Sending frames and changing graphs are apart: a camera needs the one, an editor the other. */
const ALLOWS: Readonly<Record<Scope, readonly Scope[]>> = {
  view: ['view'],
  ingest: ['ingest', 'view'],
  edit: ['edit', 'view'],
  deploy: ['deploy', 'edit', 'view'],
  admin: SCOPES,
};

/** True where one of the scopes that somebody holds allows what is needed. */
export function scopesAllow(held: readonly Scope[], needed: Scope): boolean {
  return held.some((scope) => ALLOWS[scope].includes(needed));
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}
