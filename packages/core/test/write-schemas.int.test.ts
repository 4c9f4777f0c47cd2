import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin/write-schemas.js', import.meta.url));
const zod = import.meta.resolve('zod');

/** Runs the command as a build does. */
async function write(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('kinegraph-write-schemas', () => {
  let folder: string;
  let moduleFile: string;
  let out: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-schemas-'));
    moduleFile = path.join(folder, 'schemas.mjs');
    out = path.join(folder, 'out', 'schemas');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Writes the module with this text for its `schemas`. */
  const aModule = (schemas: string): Promise<void> =>
    writeFile(moduleFile, `import { z } from ${JSON.stringify(zod)};\n${schemas}\n`);

  it('writes each schema, and only those that changed', async () => {
    await aModule(`export const schemas = { 'a.json': z.strictObject({ size: z.int().min(1).default(3) }) };`);
    expect(await write(moduleFile, out)).toMatchObject({ code: 0, stderr: '' });
    const file = path.join(out, 'a.json');
    expect(await readFile(file, 'utf8')).toBe(`{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "size": {
      "type": "integer",
      "minimum": 1,
      "default": 3
    }
  },
  "additionalProperties": false
}
`);
    const longAgo = new Date(2020, 0, 1);
    await utimes(file, longAgo, longAgo);
    expect(await write(moduleFile, out)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await stat(file)).mtime).toEqual(longAgo);
  });

  it('tells each mistake as one sentence', async () => {
    expect((await write(moduleFile)).stderr).toMatch(/^Usage: kinegraph-write-schemas .*\n$/);
    expect(await write(moduleFile, out)).toMatchObject({
      code: 1,
      stderr: `There is no module ${moduleFile}. Compile the package first.\n`,
    });
    await aModule('export const other = 1;');
    expect((await write(moduleFile, out)).stderr).toBe(
      `${moduleFile} does not export "schemas", an object of zod types by file name.\n`,
    );
    await aModule(`export const schemas = { '../a.json': z.string() };`);
    expect((await write(moduleFile, out)).stderr).toMatch(
      /exports a schema for "\.\.\/a\.json"; file names have .*\n$/,
    );
    await aModule(`export const schemas = { 'a.json': z.strictObject({ at: z.date() }) };`);
    expect((await write(moduleFile, out)).stderr).toMatch(
      /^The schema "a\.json" of .* cannot be written as JSON Schema: .*\n$/,
    );
  });
});
