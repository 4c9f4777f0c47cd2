import { encodeModel } from '@kinegraph/onnx';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../src/nodes/load-model.js';
import { externalModel } from './support/external-model.js';

const signal = new AbortController().signal;

/** A store in which each path but that of the model leads to the same bytes; `read` is what was asked for. */
function aStore(model: Uint8Array, weights: Uint8Array) {
  const read: string[] = [];
  const store = {
    read: (path: string) => {
      read.push(path);
      return Promise.resolve(path.endsWith('.onnx') ? model : weights);
    },
  };
  return { store, read };
}

describe('the files beside a model', () => {
  it('are read once each, whatever names it has for them', async () => {
    const names = ['w.bin', './w.bin', 'a/./b.bin', 'a//b.bin'];
    const weights = new Uint8Array(4);
    const { store, read } = aStore(externalModel(...names), weights);

    const { externalData } = await loadModel(store, 'nets/m.onnx', signal);

    expect(read).toEqual(['nets/m.onnx', 'nets/w.bin', 'nets/a/b.bin']);
    expect(externalData).toEqual(Object.fromEntries(names.map((name) => [name, weights])));
  });

  it('are not read where they are more than a thousand', async () => {
    const names = Array.from({ length: 1025 }, (_, index) => `w${index}.bin`);
    const { store, read } = aStore(externalModel(...names), new Uint8Array(4));

    await expect(loadModel(store, 'm.onnx', signal)).rejects.toMatchObject({
      code: 'ONNX_EXTERNAL_DATA_MISSING',
      message: expect.stringContaining('these and others are 1025 files, and 1024 are the most') as string,
    });
    expect(read).toEqual(['m.onnx']);
  });

  it('are not read on once they come to more than 2 GiB', async () => {
    const gibibyte = new Uint8Array(2 ** 30); // of zeros that nobody touches: the system gives no memory for it
    const names = ['1', '2', '3', '4'];
    const { store, read } = aStore(externalModel(...names), gibibyte);

    await expect(loadModel(store, 'm.onnx', signal)).rejects.toMatchObject({
      code: 'ONNX_TOO_LARGE',
      data: { what: 'The files with the weights of model "m.onnx", up to "3",', bytes: 3 * 2 ** 30 },
    });
    expect(read).toEqual(['m.onnx', '1', '2', '3']);
  });

  it('are none where the weights lie in the model', async () => {
    const model = encodeModel({ graph: { name: 'empty', inputs: [], outputs: [], nodes: [] } });
    const { store, read } = aStore(model, new Uint8Array(4));

    expect((await loadModel(store, 'm.onnx', signal)).externalData).toEqual({});
    expect(read).toEqual(['m.onnx']);
  });
});
