import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { json } from 'node:stream/consumers';
import { Aedes } from 'aedes';

/** Somebody elsewhere who is sent results. */
export interface ResultReceiver extends AsyncDisposable {
  readonly url: string;
  /** Of the results that came, each once, sorted: "at least once" is what is promised. */
  readonly sequences: readonly number[];
  /** The value of each that came. */
  readonly values: ReadonlyMap<number, unknown>;
}

interface Result {
  readonly sequence: number;
  readonly value: unknown;
}

/** An MQTT broker. */
export async function startBroker(): Promise<ResultReceiver> {
  const aedes = await Aedes.createBroker();
  const came = new Map<number, unknown>();
  aedes.authorizePublish = (_client, { payload }, done) => {
    const { sequence, value } = JSON.parse(payload.toString()) as Result;
    came.set(sequence, value);
    done(null);
  };
  const server = createServer(aedes.handle);
  return await listening(server, 'mqtt', came, async () => await new Promise((closed) => aedes.close(() => closed())));
}

/** What webhooks are sent to. */
export async function startHook(): Promise<ResultReceiver> {
  const came = new Map<number, unknown>();
  const server = createHttpServer((request, response) => {
    void json(request).then((body) => {
      for (const { sequence, value } of (body as { data: { results: Result[] } }).data.results)
        came.set(sequence, value);
      response.end();
    });
  });
  return await listening(server, 'http', came, () => Promise.resolve(server.closeAllConnections()));
}

async function listening(
  server: Server,
  scheme: string,
  came: ReadonlyMap<number, unknown>,
  close: () => Promise<void>,
): Promise<ResultReceiver> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values: came,
    get sequences() {
      return [...came.keys()].toSorted((a, b) => a - b);
    },
    async [Symbol.asyncDispose]() {
      await close();
      server.close();
    },
  };
}
