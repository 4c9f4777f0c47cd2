import { crc32 } from 'node:zlib';
import { McapIndexedReader } from '@mcap/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANDMARKS_SCHEMA, VALUE_SCHEMA } from '../codec/index.js';
import { joined, memoryFile } from '../../test/support/memory-file.js';
import {
  PartEncoder,
  openPart,
  portableChecksum,
  RECORDING_FORMAT,
  scanPart,
  type RecordingChannel,
  type RecordingMessage,
  type RecordingMetadata,
} from './index.js';

const LIBRARY = 'kinegraph test';
const METADATA = { 'kinegraph.recording': { recording: 'r', part: '1' } };
const frames: RecordingChannel = { topic: '/frames', schema: VALUE_SCHEMA, metadata: { node: 'frames' } };
const hands: RecordingChannel = { topic: '/hands', schema: LANDMARKS_SCHEMA, metadata: {} };

/** Message n of either topic; its data tell which it is. */
function message(n: number): RecordingMessage {
  const data = new TextEncoder().encode(`{"n":${n},"${'x'.repeat(n % 7)}":0}`);
  return { channel: n % 3 === 0 ? hands : frames, logTime: BigInt(1_000_000 + n * 1000), data };
}

interface Written {
  readonly bytes: Uint8Array;
  /** Where each chunk's record ends, and the messages up to there. */
  readonly chunks: readonly { readonly end: number; readonly messages: number }[];
}

/** A complete part of `count` messages, a chunk every `each` of them. */
function write(count: number, each: number, metadata: RecordingMetadata = METADATA): Written {
  const encoder = new PartEncoder();
  const parts = [encoder.begin(LIBRARY, metadata)];
  const chunks: { end: number; messages: number }[] = [];
  const flush = (messages: number): void => {
    const bytes = encoder.takeChunk();
    if (bytes === undefined) return;
    const recordBytes = 9 + Number(new DataView(bytes.buffer).getBigUint64(1, true));
    chunks.push({ end: joined(...parts).byteLength + recordBytes, messages });
    parts.push(bytes);
  };
  for (let n = 0; n < count; n += 1) {
    encoder.add(message(n));
    if ((n + 1) % each === 0) flush(n + 1);
  }
  flush(count);
  parts.push(encoder.index.tail());
  return { bytes: joined(...parts), chunks };
}

async function readAll(bytes: Uint8Array): Promise<string[]> {
  const part = await openPart(memoryFile(bytes));
  const texts: { logTime: bigint; text: string }[] = [];
  for (const topic of new Set(part.topics.map((info) => info.topic)))
    for await (const { logTime, data } of part.messages(topic))
      texts.push({ logTime, text: new TextDecoder().decode(data) });
  return texts.sort((a, b) => Number(a.logTime - b.logTime)).map(({ text }) => text);
}

function expected(count: number): string[] {
  return Array.from({ length: count }, (_, n) => new TextDecoder().decode(message(n).data));
}

/** By the official reader, with all checksums. */
async function readOfficially(bytes: Uint8Array): Promise<string[]> {
  const readable = {
    size: () => Promise.resolve(BigInt(bytes.byteLength)),
    read: (offset: bigint, size: bigint) => Promise.resolve(bytes.slice(Number(offset), Number(offset + size))),
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const texts: string[] = [];
  for await (const { data } of reader.readMessages({ validateCrcs: true })) texts.push(new TextDecoder().decode(data));
  expect(Number(reader.statistics?.messageCount)).toBe(texts.length);
  return texts;
}

async function repaired(bytes: Uint8Array): Promise<Uint8Array> {
  const { keepBytes, bytes: added, index } = await scanPart(memoryFile(bytes), LIBRARY);
  expect(index.end).toBe(keepBytes + added.byteLength);
  return joined(bytes.subarray(0, keepBytes), added, index.tail());
}

describe('the checksum', () => {
  it('is that of Node, in one piece or in several', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 100 }), (bytes, at) => {
        expect(portableChecksum(bytes, 0)).toBe(crc32(bytes));
        const first = portableChecksum(bytes.subarray(0, at), 0);
        expect(portableChecksum(bytes.subarray(at), first)).toBe(crc32(bytes));
      }),
    );
  });
});

describe('a part', () => {
  it('is read by the official reader, whatever the number of messages and chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 9 }), async (count, each) => {
        expect(await readOfficially(write(count, each).bytes)).toEqual(expected(count));
      }),
      { numRuns: 40 },
    );
  });

  it('tells its topics, its facts and its beginning', async () => {
    const part = await openPart(memoryFile(write(10, 4).bytes));
    expect(part.isComplete).toBe(true);
    expect(part.startTime).toBe(1_000_000n);
    expect(part.metadata.get('kinegraph.recording')?.get('part')).toBe('1');
    expect(part.topics).toEqual([
      { topic: '/hands', schema: 'kinegraph.Landmarks', messages: 4, isLossy: false },
      { topic: '/frames', schema: 'kinegraph.Value', messages: 6, isLossy: false },
    ]);
  });

  it.each([String(RECORDING_FORMAT + 1), '0', '1.5', 'one', ''])(
    'of the unknown version "%s" is refused, complete or not, and is not mended',
    async (version) => {
      const { bytes, chunks } = write(8, 3, { other: { version: '9' }, 'kinegraph.recording': { version } });
      for (const file of [bytes, bytes.slice(0, chunks[0]?.end)].map((some) => memoryFile(some))) {
        const refusal = expect.objectContaining({
          code: 'RECORDING_VERSION',
          message: expect.stringContaining(`is a recording of version "${version}"`) as string,
        });
        await expect(openPart(file)).rejects.toEqual(refusal);
        await expect(scanPart(file, LIBRARY)).rejects.toEqual(refusal);
      }
    },
  );

  it('that breaks off anywhere gives every message of the chunks before, and is mended to a sound file of the same', async () => {
    const { bytes, chunks } = write(8, 3);
    for (let length = 0; length <= bytes.byteLength; length += 1) {
      const cut = bytes.slice(0, length);
      const whole = chunks.filter(({ end }) => end <= length).at(-1)?.messages ?? 0;
      expect(await readAll(cut)).toEqual(expected(whole));
      expect(await readOfficially(await repaired(cut))).toEqual(expected(whole));
    }
  });

  it('whose end became zeroes, as after a power cut, is mended to what stands before them', async () => {
    const { bytes, chunks } = write(14, 4);
    for (let length = 8; length <= bytes.byteLength; length += 13) {
      const zeroed = joined(bytes.slice(0, length), new Uint8Array(bytes.byteLength - length));
      const whole = chunks.filter(({ end }) => end <= length).at(-1)?.messages ?? 0;
      const mended = await readOfficially(await repaired(zeroed));
      expect(mended.length).toBeGreaterThanOrEqual(whole); // a last zero may have been one before
      expect(mended).toEqual(expected(mended.length));
      expect(mended.length - whole).toBeLessThanOrEqual(4);
    }
  });

  it('mended is the very file that its writer would have made', async () => {
    const { bytes } = write(14, 4);
    const scanned = await scanPart(memoryFile(bytes), LIBRARY);
    expect(scanned.isComplete).toBe(true);
    expect(Buffer.compare(await repaired(bytes), bytes)).toBe(0);
  });

  it('with one byte changed is read up to there, or told as damaged, and never gives a message that was not written', async () => {
    const { bytes } = write(9, 3);
    const known = new Set(expected(9));
    for (let at = 0; at < bytes.byteLength; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      let texts: string[] = [];
      try {
        texts = await readAll(changed);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^RECORDING_/) as string });
      }
      for (const text of texts) expect(known).toContain(text);
    }
  });

  it('gives up its last chunks one by one where there is no room for its end', async () => {
    const encoder = new PartEncoder();
    const parts = [encoder.begin(LIBRARY, METADATA)];
    for (let n = 0; n < 9; n += 1) {
      encoder.add(message(n));
      if (n % 3 === 2) parts.push(encoder.takeChunk() ?? new Uint8Array());
    }
    const whole = joined(...parts);
    for (let left = 9; left >= 0; left -= 3) {
      const { index } = encoder;
      expect(await readOfficially(joined(whole.subarray(0, index.end), index.tail()))).toEqual(expected(left));
      expect(index.dropLastChunk() !== undefined).toBe(left > 0);
    }
  });

  it.each([
    ['a text', new TextEncoder().encode('no recording at all')],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0)],
  ])('is told from %s', async (_what, bytes) => {
    await expect(openPart(memoryFile(bytes))).rejects.toMatchObject({ code: 'RECORDING_NOT_MCAP' });
    await expect(scanPart(memoryFile(bytes), LIBRARY)).rejects.toMatchObject({ code: 'RECORDING_NOT_MCAP' });
  });
});
