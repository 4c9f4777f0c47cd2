import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NodeImageCodec, createNodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';

// Decodes what it is sent, in a process of its own: a fault in native code ends this one, and not the tests.

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const platform = createNodeHost();
const pool = platform.container.get(FramePool);
const codec = new NodeImageCodec(pool, { limits: { maxMegapixels: 1 } });
const timing = { sequence: 1, timestampMs: 1, capturedAtMs: 1 };

/** The outcome of one: its size, or the code of its error. */
async function outcomeOf(bytes, shortSide) {
  try {
    const frame = await codec.decodeBytes(bytes, timing, { format: 'rgba8', ...(shortSide > 0 ? { shortSide } : {}) });
    const { width, height, data } = frame;
    frame.close();
    return data.length === width * height * 4 ? 'decoded' : 'WRONG_SIZE';
  } catch (error) {
    return error.code ?? String(error);
  }
}

async function answer({ pictures, shortSide }) {
  const outcomes = [];
  for (const bytes of pictures) outcomes.push(await outcomeOf(bytes, shortSide));
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ outcomes, inUse: pool.inUse, rss, held: heapUsed + external, counts: codec.counts });
}

process.on('message', (batch) => void answer(batch));
process.on('disconnect', () => process.exit(0));
