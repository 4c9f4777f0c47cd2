import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeModel, tensor } from '@kinegraph/onnx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Built: the training runs in a worker, whose entry is a file of the build.
import { TakeStore, evaluateFiles, trainInWorker } from '@kinegraph/plugin-sign-classifier/teach/node';
import { SignModelCard } from '@kinegraph/plugin-sign-classifier/model';
import { randomEncoder, signTake } from '@kinegraph/plugin-sign-classifier/testing';

/** Files, as they are. */
const models = {
  read: async (file: string): Promise<Uint8Array> =>
    await readFile(file).catch((cause: unknown) => {
      throw Object.assign(new Error(`There is no file ${file}.`, { cause }), { code: 'MODEL_MISSING' });
    }),
};

/** A model of landmarks that answers the same whatever it sees. */
function landmarkModel(): Uint8Array {
  return encodeModel({
    graph: {
      ...{ name: 'landmarks', initializers: { w: tensor('float32', [63, 2], new Float32Array(126)) } },
      inputs: [{ name: 'x', type: 'float32', dims: ['n', 30, 63] }],
      outputs: [{ name: 'y', type: 'float32', dims: ['n', 2] }],
      nodes: [
        { op: 'MatMul', inputs: ['x', 'w'], outputs: ['m'] },
        {
          ...{ op: 'ReduceMean', inputs: ['m'], outputs: ['y'] },
          attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
        },
      ],
    },
    opset: 17,
  });
}

let folder = '';
let encoder = '';
let out = '';
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'teach-'));
  encoder = path.join(folder, 'encoder.onnx');
  out = path.join(folder, 'models', 'mine.onnx');
  writeFileSync(encoder, randomEncoder());
  const store = new TakeStore(path.join(folder, 'set'));
  for (const sign of [0, 1, 2, 5]) for (let take = 0; take < 4; take += 1) await store.add(signTake(sign, take));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('training on a folder of takes', () => {
  const job = (): { folder: string; out: string; encoder: string } => ({
    folder: path.join(folder, 'set'),
    out,
    encoder,
  });

  it('happens in a thread of its own and leaves a model and its card, and nothing else', async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    const steps = new Set<string>();
    const trained = await trainInWorker({ ...job(), title: 'Mine', onProgress: ({ step }) => steps.add(step) });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5); // this thread went on
    expect([...steps]).toEqual(['takes', 'features', 'heads', 'model']);
    expect(readdirSync(path.dirname(out)).toSorted()).toEqual(['mine.json', 'mine.onnx']);
    const card = SignModelCard.parse(JSON.parse(readFileSync(trained.card, 'utf8')));
    expect(card.sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
    expect(trained.report).toMatchObject({
      takes: 16,
      warnings: [expect.stringContaining('no takes of "none"') as unknown],
    });
    const { accuracy, curve } = await evaluateFiles(models, out, path.join(folder, 'set'));
    expect(accuracy).toBeGreaterThan(0.9);
    expect(curve.map(({ named }) => named)).toEqual(curve.map(({ named }) => named).toSorted((a, b) => b - a));
  });

  it('uses what is whole of a take that was cut, tells it, and loses none', async () => {
    const [file = ''] = (await new TakeStore(path.join(folder, 'set')).list()).map((entry) => entry.file);
    const lines = readFileSync(file, 'utf8').split('\n');
    truncateSync(file, lines.slice(0, 30).join('\n').length + 20);
    writeFileSync(path.join(path.dirname(file), 'broken.ndjson'), 'not a take');
    const { report } = await trainInWorker(job());
    expect(report.takes).toBe(16);
    expect(report.warnings.join('\n')).toMatch(
      /cannot be read and are left out: sign-0\/broken .*\n.*lack lines.*: sign-0\/take-0 \(line 31/s,
    );
    expect(existsSync(file)).toBe(true);
  });

  it('that is cancelled leaves what was there', async () => {
    await trainInWorker(job());
    const before = readFileSync(out);
    const abort = new AbortController();
    const training = trainInWorker({
      ...job(),
      seed: 5,
      signal: abort.signal,
      onProgress: ({ share }) => share > 0.1 && abort.abort(),
    });
    await expect(training).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    expect(readFileSync(out).equals(before)).toBe(true);
    expect(readdirSync(path.dirname(out))).toHaveLength(2);
  });

  it.each(['takes', 'features', 'heads', 'model'])('that is cancelled in step "%s" is given up', async (at) => {
    const abort = new AbortController();
    const onProgress = ({ step }: { readonly step: string }): void => void (step === at && abort.abort());
    const training = trainInWorker({ ...job(), signal: abort.signal, onProgress });
    await expect(training).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    expect(existsSync(out)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('that hangs and is cancelled is waited for no longer', async () => {
    const pipe = path.join(folder, 'pipe.onnx');
    execFileSync('mkfifo', [pipe]); // reading waits until someone writes
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    const training = trainInWorker({ ...job(), encoder: pipe, signal: abort.signal, onProgress });
    await expect(training).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    closeSync(openSync(pipe, 'r+')); // so that the thread, which waits in the disk's queue, can end
  });

  it('that cannot be done says why with the code of it', async () => {
    await expect(trainInWorker({ ...job(), folder: path.join(folder, 'nowhere') })).rejects.toMatchObject({
      code: 'SIGNS_TRAINING_REFUSED',
    });
    await expect(trainInWorker({ ...job(), encoder: path.join(folder, 'x.onnx') })).rejects.toMatchObject({
      code: 'SIGNS_ENCODER_MISFIT',
    });
    const set = path.join(folder, 'rubbish');
    mkdirSync(path.join(set, 'a'), { recursive: true });
    writeFileSync(path.join(set, 'a', 'one.ndjson'), 'not a take');
    await expect(trainInWorker({ ...job(), folder: set })).rejects.toMatchObject({
      code: 'SIGNS_TRAINING_REFUSED',
      message: expect.stringMatching(/none of its takes can be read: a\/one \(its header is no JSON/) as unknown,
    });
    await expect(trainInWorker({ ...job(), title: 't'.repeat(201) })).rejects.toMatchObject({ code: 'SIGNS_CARD' });
    expect(existsSync(out)).toBe(false);
  });
});

describe('evaluating a model', () => {
  it('refuses one that was trained with other features, with both shapes, and one without a card', async () => {
    const set = path.join(folder, 'set');
    await trainInWorker({ folder: set, out, encoder });
    const card = path.join(path.dirname(out), 'mine.json');
    const text = readFileSync(card, 'utf8');
    writeFileSync(card, text.replace('signfeat/1', 'signfeat/2'));
    await expect(evaluateFiles(models, out, set)).rejects.toMatchObject({
      code: 'SIGNS_MODEL_INPUT',
      message: expect.stringMatching(/30, 96.*signfeat\/2.*\[N, 30, 201\]/) as unknown,
    });
    writeFileSync(card, JSON.stringify({ ...(JSON.parse(text) as object), labels: ['a', 'b'] }));
    await expect(evaluateFiles(models, out, set)).rejects.toMatchObject({ code: 'SIGNS_MODEL_OUTPUT' });
    writeFileSync(card, text.replace(/"sha256": "\w+"/, `"sha256": "${'0'.repeat(64)}"`));
    await expect(evaluateFiles(models, out, set)).rejects.toMatchObject({ code: 'SIGNS_PAIR' });
    writeFileSync(out, landmarkModel());
    writeFileSync(card, JSON.stringify({ 'kinegraph-signs': 1, labels: ['a', 'b'], features: 'landmarks' }));
    await expect(evaluateFiles(models, out, set)).rejects.toMatchObject({ code: 'SIGNS_FEATURES' });
    rmSync(card);
    await expect(evaluateFiles(models, out, set)).rejects.toMatchObject({ code: 'SIGNS_CARD_MISSING' });
  });
});
