const KEPT = 'kinegraph.lastGraph';

/** The graph that this browser had open last. */
export const lastGraph = (): string | undefined => localStorage.getItem(KEPT) ?? undefined;

export const rememberGraph = (id: string): void => localStorage.setItem(KEPT, id);
