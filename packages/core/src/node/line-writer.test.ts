import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineWriter } from '../kinds/index.js';
import { NodeLineWriterFactory } from './line-writer.js';

let folder: string;
/** What Node warns of, such as too many listeners. */
let warnings: Error[];
const onWarning = (warning: Error): number => warnings.push(warning);
beforeEach(async () => {
  warnings = [];
  process.on('warning', onWarning);
  folder = await mkdtemp(join(tmpdir(), 'kinegraph-lines-'));
});
afterEach(async () => {
  await new Promise(setImmediate); // warnings come in a turn of their own
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
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
    const writer = await new NodeLineWriterFactory().open(target);
    const line = 'x'.repeat(40_000); // more than a stream's high-water mark: every write has to wait
    for (let count = 0; count < 40; count += 1) await writer.write(line);
    await writer.close();
    expect((await readFile(target)).length).toBe(40 * 40_001);
  });

  it('keeps whole lines in their order when many are written at once', async () => {
    const target = join(folder, 'many.ndjson');
    const writer = await new NodeLineWriterFactory().open(target);
    const lines = Array.from({ length: 200 }, (_, index) => `${index} ${'z'.repeat((index % 7) * 3000)}`);
    await Promise.all(lines.map((line) => writer.write(line)));
    await writer.close();
    expect((await readFile(target, 'utf8')).split('\n')).toEqual([...lines, '']);
  });

  it('settles what is written after the end, and writes it nowhere', async () => {
    const target = join(folder, 'ended.ndjson');
    const writer = await new NodeLineWriterFactory().open(target);
    await writer.write('in time');
    await writer.close();
    await writer.write('late');
    await writer.flush();
    await writer.close();
    expect(await readFile(target, 'utf8')).toBe('in time\n');
  });

  describe.skipIf(process.platform === 'win32')('at a pipe', () => {
    /** A named pipe with its reader, who has not read anything yet. */
    async function openPipe(): Promise<{ writer: LineWriter; reader: FileHandle }> {
      const pipe = join(folder, 'pipe');
      await promisify(execFile)('mkfifo', [pipe]);
      const [writer, reader] = await Promise.all([new NodeLineWriterFactory().open(pipe), open(pipe, 'r')]);
      return { writer, reader };
    }

    it('holds a write back until a slow reader has taken enough', async () => {
      const { writer, reader } = await openPipe();
      const line = 'x'.repeat(300_000); // more than a pipe and a stream hold together
      let taken = false;
      const written = writer.write(line).then(() => void (taken = true));
      const [head] = await Promise.all([reader.read(Buffer.alloc(1000)), new Promise(setImmediate)]);
      expect([head.bytesRead, taken]).toEqual([1000, false]);
      const rest = text(reader.createReadStream());
      await written;
      await writer.close();
      expect(1000 + (await rest).length).toBe(line.length + 1);
    });

    it('takes a reader that leaves for a clean end', async () => {
      const { writer, reader } = await openPipe();
      const written = writer.write('x'.repeat(300_000));
      await reader.read(Buffer.alloc(1000));
      await reader.close();
      await written;
      await writer.write('nobody reads this');
      await writer.flush();
      await writer.close();
    });
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
        import type { LineWriter } from '../kinds/index.js';
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
