import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { WebSocket } from 'ws';

export interface LiveClientOptions {
  readonly socketUrl: string;
  readonly run: string;
  readonly node: string;
  readonly pictures: readonly Uint8Array[];
  readonly framesPerSecond: number;
}

/** What a client saw of a result. */
export interface SeenResult {
  /** By the client's own clock, from before the picture was sent to after its result had come. */
  readonly ageMs: number;
  readonly atMs: number;
  readonly message: ResultMessage;
}

/** A client as a browser is one: sends pictures at a steady rate, answers pings, takes results. */
export class LiveClient implements AsyncDisposable {
  readonly results: SeenResult[] = [];
  #sent = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #sentAtMs = new Map<number, number>();

  private constructor(
    private readonly ingest: WebSocket,
    private readonly viewer: WebSocket,
    private readonly options: LiveClientOptions,
  ) {}

  static async open(options: LiveClientOptions): Promise<LiveClient> {
    const { socketUrl, run, node } = options;
    const base = `${socketUrl}/api/v1/runs/${run}`;
    const [ingest, viewer] = await Promise.all([opened(`${base}/sources/${node}/ingest`), opened(`${base}/results`)]);
    const client = new LiveClient(ingest, viewer, options);
    client.#listen();
    return client;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Bytes that WebSocket frames with their headers of 14 bytes took. */
  get bytesSent(): number {
    return this.#bytes;
  }

  /** Begins to send; frames that are due stay due, as a camera's do. */
  begin(): void {
    const { framesPerSecond, pictures } = this.options;
    const beginMs = performance.now();
    const begun = this.#sent;
    this.#timer = setInterval(() => {
      const due = begun + Math.floor(((performance.now() - beginMs) * framesPerSecond) / 1000);
      while (this.#sent < due) {
        const picture = pictures[this.#sent % pictures.length];
        if (picture === undefined) return;
        const capturedAtMs = performance.now();
        this.#sentAtMs.set(this.#sent, capturedAtMs);
        this.#sentAtMs.delete(this.#sent - 600);
        const message = encodeFrameMessage({ format: 'jpeg', sequence: this.#sent, capturedAtMs }, picture);
        this.#bytes += message.length + 14;
        this.ingest.send(message);
        this.#sent += 1;
      }
    }, 2);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of [this.ingest, this.viewer]) socket.terminate();
    await Promise.resolve();
  }

  #listen(): void {
    this.ingest.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id: number; sentMs: number };
      if (message.type === 'ping')
        this.ingest.send(
          JSON.stringify({ type: 'pong', id: message.id, sentMs: message.sentMs, clockMs: performance.now() }),
        );
    });
    this.viewer.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ResultMessage;
      if (message.type !== 'result') return;
      const atMs = performance.now();
      const sentMs = this.#sentAtMs.get(message.sequence);
      if (sentMs !== undefined) this.results.push({ ageMs: atMs - sentMs, atMs, message });
    });
  }
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}
