import { runs } from './runs.js';
import { sources } from './sources.js';

/** The pages about the server: what runs, what it is fed by, what it has. */
export const pages = { ...runs, ...sources } as const;
