import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes } from 'aedes';
import type { ResultMessage } from '../../src/message/result-message.js';

/** What a broker was given. */
export interface Published {
  readonly topic: string;
  readonly message: ResultMessage;
  readonly qos: number;
  readonly retain: boolean;
}

export interface BrokerOptions {
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  readonly login?: { readonly username: string; readonly password: string };
}

/** A real MQTT broker (aedes) on a real port, which can be killed and started again. */
export class TestBroker implements AsyncDisposable {
  /** All that came, through every start. */
  readonly published: Published[] = [];
  /** A message has come, which is not confirmed until `confirm` is called. */
  onPublished: (confirm: () => void) => void = (confirm) => confirm();
  connections = 0;
  port = 0;
  #aedes: Aedes | undefined;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  constructor(private readonly options: BrokerOptions = {}) {}

  static async start(options: BrokerOptions = {}): Promise<TestBroker> {
    const broker = new TestBroker(options);
    await broker.start();
    return broker;
  }

  get url(): string {
    return `${this.options.tls === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${this.port}`;
  }

  /** The sequence numbers that came, sorted, each once. */
  get sequences(): number[] {
    return [...new Set(this.published.map(({ message }) => message.sequence))].sort((a, b) => a - b);
  }

  async start(): Promise<void> {
    const { tls, login } = this.options;
    const aedes = await Aedes.createBroker();
    this.#aedes = aedes;
    if (login !== undefined)
      aedes.authenticate = (_client, username, password, done) => {
        const isRight = username === login.username && password?.toString() === login.password;
        done(isRight ? null : Object.assign(new Error('bad login'), { returnCode: 4 }), isRight);
      };
    aedes.authorizePublish = (_client, { topic, payload, qos, retain }, done) => {
      const message = JSON.parse(payload.toString()) as ResultMessage;
      this.published.push({ topic, message, qos, retain });
      this.onPublished(() => done(null));
    };
    const serve = (socket: Socket): void => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
      aedes.handle(socket);
    };
    const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
  }

  /** As a power cut: connections break, and nobody answers at the port any more. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    server.close();
    await once(server, 'close');
    await new Promise<void>((resolve) => this.#aedes?.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
