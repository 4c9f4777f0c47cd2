import { readFileSync } from 'node:fs';
import { NetworkAllowList } from '@kinegraph/core/node';
import { describeSinkContract } from '@kinegraph/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../src/webhook-sink/signature.js';
import { breakOff, hang, status, TestReceiver } from './support/receiver.js';
import { SinkKit } from './support/sink-kit.js';

const read = (name: string): Buffer => readFileSync(new URL(`fixtures/tls/${name}`, import.meta.url));
const tls = { cert: read('cert.pem'), key: read('key.pem') };
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('with a receiver that is there', () => {
  let receiver: TestReceiver;
  beforeAll(async () => {
    receiver = await TestReceiver.start();
  });
  afterAll(() => receiver[Symbol.asyncDispose]());
  describeSinkContract('connect.sink.webhook', () => SinkKit.webhook({ url: receiver.url }).sink);
});

describe('connect.sink.webhook', () => {
  it('posts every value in order, in signed batches over one connection', async () => {
    await using receiver = await TestReceiver.start();
    const settings = { url: receiver.url, secret: SECRET, headers: { Authorization: 'Bearer t0ken' } };
    await using kit = await SinkKit.webhook(settings, { batchResults: 40, batchMs: 20 }).open();
    kit.write(100);
    await kit.end();
    expect(receiver.received.map(({ results }) => results.length)).toEqual([40, 40, 20]);
    expect([receiver.sequences, receiver.connections, kit.sent, kit.state]).toEqual([range(100), 1, 100, 'live']);
    for (const { path, headers, body } of receiver.received) {
      const id = String(headers['webhook-id']);
      const timestampS = Number(headers['webhook-timestamp']);
      expect(path).toBe('/hook?key=k1');
      expect(headers).toMatchObject({ authorization: 'Bearer t0ken', 'content-type': 'application/json' });
      expect(headers['webhook-signature']).toBe(signatureOf(SECRET, { id, timestampS, body }));
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(receiver.received[0]?.results[3]).toMatchObject({
      run: 'hall-1',
      sink: 'out',
      source: 'source',
      sequence: 3,
    });
    expect(kit.everythingSaid).not.toMatch(/k1|t0ken|whsec/);
  });

  it('loses nothing to a receiver that fails, breaks off, hangs and asks for patience', async () => {
    await using receiver = await TestReceiver.start();
    receiver.replies.push(status(429, { 'retry-after': '1' }), breakOff, hang, status(500));
    await using kit = await SinkKit.webhook(
      { url: receiver.url },
      { batchResults: 10, batchMs: 10, timeoutMs: 200 },
    ).open();
    kit.write(25);
    await kit.until(() => receiver.sequences.length === 25);
    await kit.end();
    expect([receiver.sequences, kit.sent, kit.retried, kit.metrics.dropped]).toEqual([range(25), 25, 40, {}]);
    expect(receiver.received.slice(0, 5).map(({ results }) => results.length)).toEqual([10, 10, 10, 10, 10]);
    expect(new Set(receiver.received.slice(0, 5).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(kit.faults).toEqual(['CONNECT_BUSY', 'CONNECT_UNREACHABLE', 'CONNECT_BUSY']);
  });

  it('never holds up the run: a receiver that hangs costs the queue only, within its bounds', async () => {
    await using receiver = await TestReceiver.start();
    receiver.replies.push(...Array<typeof hang>(10).fill(hang));
    await using kit = await SinkKit.webhook(
      { url: receiver.url },
      { batchResults: 5, batchMs: 0, queueMessages: 50, flushMs: 100 },
    ).open();
    kit.write(5);
    await kit.until(() => receiver.received.length === 1);
    kit.write(500);
    expect(kit.metrics.dropped).toEqual({ 'queue-full': 455 });
    await kit.end();
    expect([kit.sent, kit.metrics.dropped]).toEqual([0, { 'queue-full': 455, 'not-delivered': 50 }]);
  });

  it('follows no redirect', async () => {
    await using elsewhere = await TestReceiver.start();
    await using receiver = await TestReceiver.start();
    receiver.replies.push(status(307, { location: elsewhere.url }));
    await using kit = await SinkKit.webhook({ url: receiver.url }, { batchMs: 0 }).open();
    kit.write();
    await kit.until(() => kit.state === 'refused');
    expect([kit.metrics.dropped, elsewhere.connections]).toEqual([{ refused: 1 }, 0]);
    await kit.end();
  });

  it('cuts off an answer that does not end, and takes its status', async () => {
    await using receiver = await TestReceiver.start();
    receiver.replies.push((response) => {
      response.writeHead(200);
      const flood = (): void => {
        while (response.writable && response.write(Buffer.alloc(16_384)));
      };
      response.on('drain', flood);
      flood();
    });
    await using kit = await SinkKit.webhook({ url: receiver.url }, { batchMs: 0 }).open();
    kit.write();
    await kit.until(() => kit.state === 'live');
    kit.write();
    await kit.end();
    expect([receiver.sequences, kit.sent, receiver.connections]).toEqual([[0, 1], 2, 2]);
  });

  it('trusts the authority that the settings name, and no other', async () => {
    await using receiver = await TestReceiver.start(tls);
    await using trusting = await SinkKit.webhook({ url: receiver.url, ca: tls.cert.toString() }).open();
    trusting.write(2);
    await trusting.end();
    expect([receiver.sequences, trusting.sent]).toEqual([[0, 1], 2]);
    await using wary = await SinkKit.webhook({ url: receiver.url }, { batchMs: 0 }).open();
    wary.write();
    await wary.until(() => wary.state === 'refused');
    expect(wary.faults).toEqual(['CONNECT_CERTIFICATE']);
  });

  it('connects nowhere that the operator does not allow', async () => {
    await using receiver = await TestReceiver.start();
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    const blocked = SinkKit.webhook({ url }, {}, new NetworkAllowList([]));
    await expect(blocked.open()).rejects.toMatchObject({ code: 'CORE_NETWORK_NOT_ALLOWED' });
    const network = {
      check: (_url: string, addresses?: readonly string[]) => {
        if (addresses !== undefined) throw new Error(`${addresses.join(', ')} is not allowed`);
      },
    };
    await using kit = await SinkKit.webhook({ url }, { batchMs: 0 }, network).open();
    kit.write();
    await kit.until(() => kit.state === 'refused');
    expect([kit.faults, receiver.connections]).toEqual([['CONNECT_NOT_ALLOWED'], 0]);
  });

  it('does not open with a webhook that is not set up', async () => {
    const kit = SinkKit.webhook({ url: 'https://example.com/' }, { webhook: 'erp' });
    await expect(kit.open()).rejects.toMatchObject({ code: 'CONNECT_UNKNOWN', data: { known: ['crm'] } });
  });
});
