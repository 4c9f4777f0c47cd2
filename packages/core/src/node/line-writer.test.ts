import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeLineWriterFactory } from './line-writer.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinegraph-lines-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('NodeLineWriterFactory', () => {
  it('writes lines to a file, begun anew', async () => {
    const target = join(folder, 'out.ndjson');
    for (const lines of [
      ['old', 'older'],
      ['{"a":1}', '{"b":"ä"}'],
    ]) {
      const writer = await new NodeLineWriterFactory().open(target);
      for (const line of lines) await writer.write(line);
      await writer.close();
    }
    expect(await readFile(target, 'utf8')).toBe('{"a":1}\n{"b":"ä"}\n');
  });

  it('has everything in the file after a flush, and goes on after it', async () => {
    const target = join(folder, 'out.ndjson');
    const writer = await new NodeLineWriterFactory().open(target);
    await writer.write('one');
    await writer.flush();
    expect(await readFile(target, 'utf8')).toBe('one\n');
    await writer.write('two');
    await writer.close();
    expect(await readFile(target, 'utf8')).toBe('one\ntwo\n');
  });

  it('loses nothing under back-pressure and leaves no listener behind', async () => {
    const target = join(folder, 'big.ndjson');
    const warnings: Error[] = [];
    const onWarning = (warning: Error): number => warnings.push(warning);
    process.on('warning', onWarning);
    const writer = await new NodeLineWriterFactory().open(target);
    const line = 'x'.repeat(40_000); // more than a stream's high-water mark: every write has to wait
    for (let count = 0; count < 40; count += 1) await writer.write(line);
    await writer.close();
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect((await readFile(target)).length).toBe(40 * 40_001);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['missing/out.ndjson', 'its folder does not exist'],
    ['.', 'it is a folder'],
  ])('says in one sentence why %s cannot be written', async (name, reason) => {
    const target = join(folder, name);
    await expect(new NodeLineWriterFactory().open(target)).rejects.toMatchObject({
      code: 'CORE_LINE_TARGET',
      message: `Results cannot be written to ${target}: ${reason}. Name a file in a folder that exists and may be written to.`,
    });
  });

  it.skipIf(!existsSync('/dev/full'))('tells of a full disk at the write or at the end', async () => {
    const writer = await new NodeLineWriterFactory().open('/dev/full');
    const work = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) await writer.write('x'.repeat(50_000));
    };
    await expect(work()).rejects.toMatchObject({ code: 'CORE_LINE_TARGET', data: { reason: 'the disk is full' } });
    await expect(writer.close()).rejects.toMatchObject({ code: 'CORE_LINE_TARGET' });
  });

  it('takes a reader of standard output that leaves for a clean end', async () => {
    const child = spawn(process.execPath, [await endlessWriter()], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number | null];
    expect([code, errors]).toEqual([0, 'writes after the end settle\n']);
  });
});

/** A program that writes lines to standard output until its reader has gone, then some more. */
async function endlessWriter(): Promise<string> {
  const file = join(folder, 'endless.mjs');
  await build({
    stdin: {
      contents: `
        import { NodeLineWriterFactory } from './line-writer.ts';
        let readerHasGone = false;
        process.stdout.on('error', () => { readerHasGone = true; });
        const writer = await new NodeLineWriterFactory().open('-');
        while (!readerHasGone) await writer.write('x'.repeat(1000));
        for (let count = 0; count < 100; count += 1) await writer.write('y'.repeat(1000));
        await writer.flush();
        await writer.close();
        process.stderr.write('writes after the end settle\\n');`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    logLevel: 'silent',
  });
  return file;
}
