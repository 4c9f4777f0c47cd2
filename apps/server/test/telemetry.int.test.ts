import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIP, HANDS, TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** A collector of OTLP over HTTP that keeps what it is sent, or answers as it is told to. */
class Collector implements AsyncDisposable {
  readonly spans: Span[] = [];
  readonly resources: Attribute[] = [];
  readonly requests: { readonly path: string; readonly key: string | undefined }[] = [];
  /** What it does instead of taking spans. */
  answer: RequestListener | undefined;

  private constructor(private readonly http: Server) {}

  static async start(): Promise<Collector> {
    const http = createServer();
    const collector = new Collector(http);
    http.on('request', (request, response) => {
      if (collector.answer !== undefined) {
        request.resume();
        collector.answer(request, response);
        return;
      }
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { 'x-key': key } = request.headers;
        collector.requests.push({ path: request.url ?? '', key: typeof key === 'string' ? key : undefined });
        for (const { resource, scopeSpans } of (JSON.parse(body) as Export).resourceSpans) {
          collector.resources.push(...resource.attributes);
          collector.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
        }
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`; // it listens on TCP
  }

  get roots(): readonly Span[] {
    return this.spans.filter(({ parentSpanId }) => (parentSpanId ?? '') === '');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }
}

function attribute({ attributes }: Pick<Span, 'attributes'>, key: string): string | number | undefined {
  const value = attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? (value?.intValue === undefined ? undefined : Number(value.intValue));
}

const settings = (url: string, everyNth: number): string[] => [
  ...['--set', 'telemetry.enabled=true', '--set', `telemetry.endpoint=${url}`],
  ...['--set', `telemetry.everyNth=${everyNth}`],
];

/** Until the run of the clip has come to its end. */
async function ended(server: LiveServer): Promise<void> {
  await server.printed(/(Run \\?"live\\?" has ended: completed)/);
}

/** The example of hands, with the first seconds of its clip. */
let hands: string;
let folder: TemporaryFolder;
beforeAll(() => {
  folder = new TemporaryFolder();
  hands = folder.file('hands.kinegraph.json');
  const graph = JSON.parse(readFileSync(HANDS, 'utf8')) as {
    nodes: { clip: { config: Record<string, unknown> } };
  };
  Object.assign(graph.nodes.clip.config, { path: CLIP, endMs: 6_000 });
  writeFileSync(hands, JSON.stringify(graph));
});
afterAll(() => folder[Symbol.dispose]());

describe('A collector', () => {
  it('is told of every nth frame of a real run, each node of it inside, in a worker too', async () => {
    await using collector = await Collector.start();
    await using server = await LiveServer.start(
      ['--graph', hands, '--media-folder', inRepository('examples/clips'), ...settings(collector.url, 4)],
      {
        KINEGRAPH_TELEMETRY_HEADERS: '{"x-key": "of the house"}',
        OTEL_SERVICE_NAME: 'hall',
      },
    );
    await ended(server);
    expect((await server.stop()).err).not.toContain('collector at');

    expect(collector.requests[0]).toEqual({ path: '/v1/traces', key: 'of the house' });
    expect(attribute({ attributes: collector.resources }, 'service.name')).toBe('hall');
    const { roots } = collector;
    const sequences = roots.map((root) => Number(attribute(root, 'kinegraph.sequence')));
    expect(sequences.length).toBeGreaterThan(5);
    expect(sequences.every((sequence) => sequence % 4 === 0)).toBe(true);
    expect(new Set(sequences).size).toBe(sequences.length);

    let whole = 0;
    for (const root of roots) {
      expect(root.name).toBe('frame');
      expect(attribute(root, 'kinegraph.run')).toBe('live');
      const inside = collector.spans.filter(
        ({ traceId, spanId }) => traceId === root.traceId && spanId !== root.spanId,
      );
      for (const span of inside) {
        expect(span.parentSpanId).toBe(root.spanId);
        expect(attribute(span, 'kinegraph.node')).toBe(span.name);
        expect(attribute(span, 'kinegraph.sequence')).toBe(attribute(root, 'kinegraph.sequence'));
        const [start, end] = [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)];
        expect(BigInt(root.startTimeUnixNano) <= start && start <= end && end <= BigInt(root.endTimeUnixNano)).toBe(
          true,
        );
      }
      const names = inside.map(({ name }) => name);
      // A frame is told of whole, or it was let go, and where.
      const drop = root.events.find(({ name }) => name === 'dropped');
      if (drop === undefined) {
        whole += 1;
        expect(names).toContain('hands');
        expect(root.status.code ?? 0).toBe(0);
      } else {
        expect(names).not.toContain('hands');
        expect(root.status).toEqual({
          code: 2,
          message: `dropped at "${attribute(drop, 'kinegraph.node')}": ${attribute(drop, 'kinegraph.cause')}`,
        });
      }
    }
    expect(whole).toBeGreaterThan(0);
  }, 90_000);

  it.each([
    ['is not there', undefined],
    ['never answers', () => {}],
    ['answers 500', (_request, response) => void response.writeHead(500).end()],
  ] satisfies [string, RequestListener | undefined][])(
    'that %s costs one warning, and neither the run nor the end of the server',
    async (_what, answer) => {
      const collector = await Collector.start();
      collector.answer = answer;
      const { url } = collector;
      if (answer === undefined) await collector[Symbol.asyncDispose]();
      await using server = await LiveServer.start([
        '--graph',
        hands,
        '--media-folder',
        inRepository('examples/clips'),
        ...settings(url, 1),
      ]);
      await server.printed(/(takes no spans)/);
      await ended(server);
      const { code, err } = await server.stop();
      expect(code).toBe(0);
      expect(err.split('takes no spans').length - 1).toBe(1);
      expect(err).not.toContain('Not everything has ended in time'); // nothing kept the process
      if (answer !== undefined) await collector[Symbol.asyncDispose]();
    },
    90_000,
  );

  it('that comes back is told so, and takes spans again', async () => {
    await using collector = await Collector.start();
    collector.answer = (_request, response) => void response.writeHead(400).end();
    await using server = await LiveServer.start([
      '--graph',
      hands,
      '--media-folder',
      inRepository('examples/clips'),
      ...settings(collector.url, 1),
    ]);
    await server.printed(/(takes no spans)/);
    collector.answer = undefined;
    await server.printed(/(takes spans again)/);
    expect(collector.roots.length).toBeGreaterThan(0);
    await server.stop();
  }, 90_000);
});
