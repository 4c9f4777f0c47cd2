import { once } from 'node:events';
import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';
import { createServer } from 'node:net';
import { z } from 'zod';
import type { ServerConfig } from '../../config/index.js';
import { listenError } from '../../serve/listen-error.js';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf } from '../finding.js';

const ANSWER_MS = 3_000;
const MOST_ANSWER_BYTES = 1_000;
const Health = z.object({ status: z.literal('ok') });

/** Whether the server can have its address, or a Kinegraph has it already. */
export const port: ServerCheck = {
  name: 'port',
  of: 'server',
  async run({ config }, signal) {
    const { host, port: number } = config;
    const place = `${host}, port ${number}`;
    try {
      await tryToListen(host, number);
      return [good(number === 0 ? `Any free port of ${host} will do.` : `The server can listen on ${place}.`)];
    } catch (cause) {
      const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      if (isTaken && (await isKinegraph(config, signal))) return [good(`A Kinegraph listens on ${place} already.`)];
      const { reason } = listenError(cause, config).data;
      const [what = reason, ...mend] = reason.split(/(?<=[.:])\s/);
      return [fault(sentenceOf(`The server cannot listen on ${place}: ${what}`), mend.join(' ') || CHOOSE)];
    }
  },
};

const CHOOSE = 'Set "host" and "port" to others.';

async function tryToListen(host: string, number: number): Promise<void> {
  const server = createServer();
  server.listen({ host, port: number, exclusive: true });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** Whether what listens there answers as a Kinegraph does. */
async function isKinegraph({ host, port: number, tls }: ServerConfig, signal: AbortSignal): Promise<boolean> {
  // An address that stands for all is none to ask.
  const hostname = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const options = {
    ...{ hostname, port: number, path: '/healthz', agent: false },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  };
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const request =
        tls === undefined
          ? getPlain(options)
          : // Who it is does not matter here, and nothing secret is sent.
            getTls({ ...options, rejectUnauthorized: false });
      request.on('error', reject);
      request.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('error', reject);
        response.on('data', (chunk: string) => {
          body += chunk;
          if (body.length > MOST_ANSWER_BYTES) request.destroy(new Error('That is no answer of a Kinegraph.'));
        });
        response.on('end', () => resolve(body));
      });
    });
    return Health.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
