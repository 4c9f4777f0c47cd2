import { models } from './models.js';
import { plugins } from './plugins.js';
import { recordings } from './recordings.js';
import { runs } from './runs.js';
import { settings } from './settings.js';
import { sources } from './sources.js';

/** The pages about the server: what runs, what it is fed by, what it has. */
export const pages = { ...models, ...plugins, ...recordings, ...runs, ...settings, ...sources } as const;
