import { defineConfig } from 'vitest/config';

// Property tests draw from this seed unless told otherwise, so that two runs of the suite test the same cases.
const seed = process.env['KINEGRAPH_SEED'] ?? '20250301';
// Where `.ci/run` wants the result as data.
const reportFile = process.env['KINEGRAPH_TEST_REPORT'];

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'tools/**/*.test.ts',
      'bench/**/*.test.ts',
      'test/**/*.test.ts',
      '{packages,apps}/*/test/**/*.int.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    // Processes, not threads: native add-ons and worker threads under test get a process of their own to end.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    retry: 0,
    allowOnly: false,
    passWithNoTests: false,
    env: { KINEGRAPH_SEED: seed },
    globalSetup: ['./test/support/announce-seed.ts'],
    setupFiles: ['./test/support/property-seed.ts'],
    reporters: reportFile === undefined ? ['default'] : ['default', ['json', { outputFile: reportFile }]],
    server: {
      deps: {
        // Built packages load natively, as in production: their worker entries are files beside them.
        external: [/\/(?:packages|apps|tools)\/[^/]+\/dist\//],
      },
    },
  },
});
