import { defineConfig } from 'vitest/config';

/** Pictures of the studio, taken one after the other by `npm run pictures`: no tests of the suite. */
export default defineConfig({
  test: {
    root: new URL('../../../../', import.meta.url).pathname,
    include: ['apps/server/test/pictures/*.pictures.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
