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
}

interface Result {
  readonly sequence: number;
}

/** An MQTT broker. */
export async function startBroker(): Promise<ResultReceiver> {
  const aedes = await Aedes.createBroker();
  const came = new Set<number>();
  aedes.authorizePublish = (_client, { payload }, done) => {
    came.add((JSON.parse(payload.toString()) as Result).sequence);
    done(null);
  };
  const server = createServer(aedes.handle);
  return await listening(server, 'mqtt', came, async () => await new Promise((closed) => aedes.close(() => closed())));
}

/** What webhooks are sent to. */
export async function startHook(): Promise<ResultReceiver> {
  const came = new Set<number>();
  const server = createHttpServer((request, response) => {
    void json(request).then((body) => {
      for (const { sequence } of (body as { data: { results: Result[] } }).data.results) came.add(sequence);
      response.end();
    });
  });
  return await listening(server, 'http', came, () => Promise.resolve(server.closeAllConnections()));
}

async function listening(
  server: Server,
  scheme: string,
  came: ReadonlySet<number>,
  close: () => Promise<void>,
): Promise<ResultReceiver> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sequences() {
      return [...came].toSorted((a, b) => a - b);
    },
    async [Symbol.asyncDispose]() {
      await close();
      server.close();
    },
  };
}
