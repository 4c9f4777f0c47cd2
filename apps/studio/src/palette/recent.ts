const KEY = 'kinegraph.recent-commands';
const MOST = 20;

/** Ids of the commands that were used here, the latest first. */
export function recentCommands(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // what stands there is not ours, or nothing may be read
  }
}

/** Keeps that a command was used. */
export function wasUsed(id: string): void {
  const ids = [id, ...recentCommands().filter((other) => other !== id)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // A browser that keeps nothing: the list begins anew.
  }
}
