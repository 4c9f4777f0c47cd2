import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NetworkAllowList } from '@kinegraph/core/node';
import { describeSinkContract, landmarksOf } from '@kinegraph/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBroker } from './support/broker.js';
import { SinkKit } from './support/sink-kit.js';

const read = (name: string): Buffer => readFileSync(new URL(`fixtures/tls/${name}`, import.meta.url));
const tls = { cert: read('cert.pem'), key: read('key.pem') };
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('with a broker that is there', () => {
  let broker: TestBroker;
  beforeAll(async () => {
    broker = await TestBroker.start();
  });
  afterAll(() => broker.kill());
  describeSinkContract('connect.sink.mqtt', () => SinkKit.mqtt({ url: broker.url }).sink);
});

describe('connect.sink.mqtt', () => {
  it('publishes every value in order, with all that tells where it comes from', async () => {
    await using broker = await TestBroker.start();
    await using kit = await SinkKit.mqtt(
      { url: broker.url, topicPrefix: 'site/a/' },
      { topic: 'results/{run}/{sink}/{source}', retain: true },
    ).open();
    kit.write(200, landmarksOf());
    await kit.end();
    expect(broker.published.map(({ message }) => message.sequence)).toEqual(range(200));
    expect(broker.published[7]).toMatchObject({ topic: 'site/a/results/hall-1/out/source', qos: 1, retain: true });
    expect(broker.published[7]?.message).toEqual({
      run: 'hall-1',
      sink: 'out',
      source: 'source',
      sequence: 7,
      timestampMs: 7,
      capturedAtMs: 7,
      ageMs: expect.any(Number),
      value: { frameWidth: expect.any(Number), frameHeight: expect.any(Number), tracks: [] },
    });
    expect([kit.sent, kit.metrics.dropped, kit.state]).toEqual([200, {}, 'live']);
  });

  it('loses nothing that it counts as sent, however often the broker is killed', async () => {
    await using broker = await TestBroker.start();
    await using kit = await SinkKit.mqtt({ url: broker.url }, { queueMessages: 5000 }).open();
    for (const round of range(4)) {
      kit.write(150);
      await kit.until(() => broker.published.length > 10 * (round + 1));
      await broker.kill();
      kit.write(50);
      await kit.until(() => kit.state === 'reconnecting');
      await broker.start();
      await kit.until(() => kit.state === 'live');
    }
    kit.write(100);
    await kit.until(() => broker.sequences.length === kit.written);
    await kit.end();
    expect([kit.sent, kit.metrics.dropped]).toEqual([900, {}]);
    expect(kit.retried).toBeGreaterThan(0);
    expect(broker.sequences).toEqual(range(900));
    expect(kit.faults).toContain('CONNECT_LOST');
    // What comes twice comes as it was: who keeps (run, sink, source, sequence) apart has each once.
    const keys = broker.published.map(({ message: { run, sink, source, sequence } }) => [run, sink, source, sequence]);
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(900);
  });

  it('waits for a broker that comes later, and keeps what fits until then', async () => {
    const broker = new TestBroker();
    await broker.start();
    await broker.kill(); // now the port is known
    await using kit = await SinkKit.mqtt({ url: broker.url }, { queueMessages: 20 }).open();
    kit.write(100);
    await kit.until(() => kit.faults.includes('CONNECT_UNREACHABLE'));
    expect([kit.state, kit.metrics.dropped]).toEqual(['waiting', { 'queue-full': 80 }]);
    await broker.start();
    await kit.until(() => broker.published.length === 20);
    await kit.end();
    expect([broker.sequences, kit.sent]).toEqual([range(100).slice(80), 20]);
    await broker.kill();
  });

  it('takes no more than is unconfirmed from a broker that confirms slowly, and drops the rest from its queue only', async () => {
    await using broker = await TestBroker.start();
    const held: (() => void)[] = [];
    broker.onPublished = (confirm) => void held.push(confirm);
    await using kit = await SinkKit.mqtt(
      { url: broker.url },
      { unconfirmed: 4, queueMessages: 10, whenFull: 'drop-newest' },
    ).open();
    kit.write(4);
    await kit.until(() => broker.published.length > 0);
    kit.write(50);
    expect(kit.metrics.dropped).toEqual({ 'queue-full': 44 });
    broker.onPublished = (confirm) => confirm();
    for (const confirm of held) confirm();
    await kit.end();
    expect([kit.sent, broker.sequences]).toEqual([10, range(10)]);
  });

  it('ends within its limit although nothing is confirmed, and counts what is lost', async () => {
    await using broker = await TestBroker.start();
    broker.onPublished = () => {};
    await using kit = await SinkKit.mqtt({ url: broker.url }, { flushMs: 100 }).open();
    kit.write(30);
    await kit.until(() => broker.published.length > 0);
    await kit.end();
    expect([kit.sent, kit.metrics.dropped]).toEqual([0, { 'not-delivered': 30 }]);
  });

  it('ends at once where a server takes connections and never says a word', async () => {
    const mute = createServer(() => {});
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const kit = await SinkKit.mqtt(
      { url: `mqtt://127.0.0.1:${(mute.address() as AddressInfo).port}` },
      { flushMs: 0 },
    ).open();
    kit.write(3);
    await kit.end();
    expect(kit.metrics.dropped).toEqual({ 'not-delivered': 3 });
    mute.close();
  });

  it('sends with quality 0 what the connection takes', async () => {
    await using broker = await TestBroker.start();
    await using kit = await SinkKit.mqtt({ url: broker.url }, { qos: 0 }).open();
    kit.write(500);
    await kit.end();
    await kit.until(() => broker.published.length === 500);
    expect([broker.sequences, broker.published[0]?.qos]).toEqual([range(500), 0]);
  });

  it('shows user name and password, and is told when they are wrong, without saying them', async () => {
    const login = { username: 'press', password: 'hunter2-hunter2' };
    await using broker = await TestBroker.start({ login });
    const folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-connect-'));
    try {
      writeFileSync(path.join(folder, 'password'), `${login.password}\n`);
      await using right = await SinkKit.mqtt({
        url: broker.url,
        username: 'press',
        passwordFile: path.join(folder, 'password'),
      }).open();
      right.write(3);
      await right.end();
      expect(broker.sequences).toEqual([0, 1, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    await using wrong = await SinkKit.mqtt({ url: broker.url, username: 'press', password: 'hunter3-hunter3' }).open();
    await wrong.until(() => wrong.state === 'refused');
    expect(wrong.faults).toEqual(['CONNECT_REFUSED']);
    expect(wrong.everythingSaid).not.toMatch(/hunter/);
  });

  it('trusts the authority that the settings name, and no other', async () => {
    await using broker = await TestBroker.start({ tls });
    await using trusting = await SinkKit.mqtt({ url: broker.url, ca: tls.cert.toString() }).open();
    trusting.write(2);
    await trusting.end();
    expect([broker.sequences, trusting.logger.lines.filter(({ level }) => level === 'warn')]).toEqual([[0, 1], []]);
    await using wary = await SinkKit.mqtt({ url: broker.url }).open();
    await wary.until(() => wary.state === 'refused');
    expect(wary.faults).toEqual(['CONNECT_CERTIFICATE']);
    await using careless = await SinkKit.mqtt({ url: broker.url, insecure: true }).open();
    await careless.until(() => careless.state === 'live');
    expect(careless.everythingSaid).toContain('any certificate is trusted');
  });

  it('connects nowhere that the operator does not allow', async () => {
    await using broker = await TestBroker.start();
    const url = `mqtt://localhost:${broker.port}`;
    await expect(SinkKit.mqtt({ url }, {}, new NetworkAllowList(['10.0.0.0/8'])).open()).rejects.toMatchObject({
      code: 'CORE_NETWORK_NOT_ALLOWED',
    });
    // A listed name that leads to an address which is not.
    const network = {
      check: (_url: string, addresses?: readonly string[]) => {
        if (addresses !== undefined) throw new Error(`${addresses.join(', ')} is not allowed`);
      },
    };
    await using kit = await SinkKit.mqtt({ url }, {}, network).open();
    kit.write();
    await kit.until(() => kit.state === 'refused');
    expect([kit.faults, broker.connections]).toEqual([['CONNECT_NOT_ALLOWED'], 0]);
  });

  it('does not open with a connection that is not set up', async () => {
    const kit = SinkKit.mqtt({ url: 'mqtt://127.0.0.1' }, { connection: 'attic' });
    await expect(kit.open()).rejects.toMatchObject({ code: 'CONNECT_UNKNOWN', data: { known: ['hall'] } });
    const lost = SinkKit.mqtt({ url: 'mqtt://127.0.0.1', username: 'a', passwordFile: '/nowhere/at-all' });
    await expect(lost.open()).rejects.toMatchObject({ code: 'CONNECT_SECRET' });
  });
});
