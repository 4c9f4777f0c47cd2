import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

it('loads built packages natively, as production does', async () => {
  const file = fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url));
  const imported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  // `require` is Node's own and knows nothing of the test runner: the same class means the same module.
  const native = createRequire(import.meta.url)(file) as Record<string, unknown>;

  expect(imported['KinegraphError']).toBeTypeOf('function');
  expect(imported['KinegraphError']).toBe(native['KinegraphError']);
});
