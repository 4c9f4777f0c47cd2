import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { TemporaryFolder, inRepository, start } from './kinegraph.js';
import type { Elsewhere, Finished, Running } from './kinegraph.js';

/** For tests that do not need models: a server's own graph loads those of hands and pose, which takes seconds. */
export const WITHOUT_MODELS: readonly string[] = [
  '--graph',
  inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json'),
];

/** How long the server may take to be up, and anything else may take that a test waits for. */
const PATIENCE_MS = 20_000;

/** `kinegraph serve` in a process of its own, on a free port of loopback. */
export class LiveServer implements AsyncDisposable {
  private constructor(
    readonly running: Running,
    readonly url: string,
    private readonly folder: TemporaryFolder,
  ) {}

  static async start(
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
    where?: Elsewhere,
  ): Promise<LiveServer> {
    const folder = new TemporaryFolder();
    // What a server keeps in a workspace that no test has named would stay in the clone.
    const isHere = where === undefined && !args.some((arg) => /^--(?:workspace|config)$|^workspace=/.test(arg));
    const keeping = isHere ? { KINEGRAPH_STATE_FOLDER: folder.file('state') } : {};
    const running = start(['serve', '--port', '0', ...args], folder.path, { ...keeping, ...env }, where);
    const { stderr } = running.child;
    if (stderr === null) throw new Error('The server has no standard error.');
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      const onData = (text: string): void => {
        said += text;
        const found = /(https?:\/\/[^\s/?]+:\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      };
      stderr.on('data', onData);
      void running.finished.then(({ err }) => reject(new Error(`The server ended: ${err}`)), reject);
    });
    return new LiveServer(running, url, folder);
  }

  /** What the server prints for people: the first group of the pattern, once it is there. */
  async printed(pattern: RegExp): Promise<string> {
    return await this.running.said(pattern);
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS), ...init });
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.get(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** A WebSocket that is open. */
  async socket(path: string, protocols: string[] = [], options: ClientOptions = {}): Promise<Client> {
    const client = new Client(new WebSocket(this.url.replace(/^http/, 'ws') + path, protocols, options));
    await client.opened;
    return client;
  }

  /** A WebSocket that may be refused. */
  dial(path: string, protocols: string[] = [], options: ClientOptions = {}): Client {
    return new Client(new WebSocket(this.url.replace(/^http/, 'ws') + path, protocols, options));
  }

  async stop(): Promise<Finished> {
    this.running.child.kill('SIGTERM');
    return await this.running.finished;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.running.child.kill('SIGKILL');
    await this.running.finished;
    this.folder[Symbol.dispose]();
  }
}

/** A client's socket that keeps what comes. */
export class Client {
  readonly opened: Promise<unknown>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly messages: unknown[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(readonly socket: WebSocket) {
    this.opened = once(socket, 'open');
    this.opened.catch(() => {});
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('message', (data, isBinary) => {
      this.messages.push(isBinary ? data : JSON.parse((data as Buffer).toString()));
      for (const look of this.#waiting) look();
    });
  }

  /** The first message, past or to come, that `fits`. */
  async message<Message = Readonly<Record<string, unknown>>>(
    fits: (message: Readonly<Record<string, unknown>>) => boolean,
  ): Promise<Message> {
    return await new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No such message came; the last was ${JSON.stringify(this.messages.at(-1))}.`)),
        PATIENCE_MS,
      );
      let seen = 0;
      const look = (): void => {
        for (; seen < this.messages.length; seen += 1) {
          const message = this.messages[seen] as Readonly<Record<string, unknown>>;
          if (!fits(message)) continue;
          clearTimeout(timer);
          this.#waiting.delete(look);
          resolve(message as Message);
          return;
        }
      };
      this.#waiting.add(look);
      look();
    });
  }
}
