import { access, constants } from 'node:fs/promises';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf } from '../finding.js';
import type { Finding } from '../finding.js';

const CONNECT = '@kinegraph/plugin-connect';
/** Sinks that name a receiver: under which key, and in which list of the operator's settings it stands. */
const SINKS: Readonly<Record<string, { readonly key: string; readonly list: string }>> = {
  'connect.sink.mqtt': { key: 'connection', list: 'connections' },
  'connect.sink.webhook': { key: 'webhook', list: 'webhooks' },
};
const FILES = ['caFile', 'certFile', 'keyFile', 'passwordFile', 'secretFile'];

/** Whether the receivers that graphs name are set up, and the files with their secrets can be read. */
export const receivers: ServerCheck = {
  name: 'receivers',
  of: 'server',
  async run(server) {
    const { host } = await server.platform();
    const settings = server.loaded.plugins.find(({ package: name }) => name === CONNECT)?.settings ?? {};
    const lists = new Map(
      Object.values(SINKS).map(({ list }) => [list, isObject(settings[list]) ? settings[list] : {}]),
    );
    const findings: Finding[] = [];
    let named = 0;
    for (const { name: graph, runs, document } of await server.graphs()) {
      for (const [node, { type, config }] of Object.entries(document?.nodes ?? {})) {
        const sink = Object.hasOwn(SINKS, type) ? SINKS[type] : undefined;
        const receiver = config?.[sink?.key ?? ''];
        if (sink === undefined || typeof receiver !== 'string' || host.catalog.get(type) === undefined) continue;
        named += 1;
        const known = lists.get(sink.list) ?? {};
        if (Object.hasOwn(known, receiver)) continue;
        const names = Object.keys(known);
        const there = names.length === 0 ? 'there are none' : `there are ${names.sort().join(', ')}`;
        const message = `${graph}: "${node}" sends to "${receiver}", which is not among the ${sink.list}: ${there}.`;
        const mend = `Add "${receiver}" to "${sink.list}" in the settings of ${CONNECT}, or name another in the graph.`;
        findings.push({ outcome: runs ? 'fault' : 'warning', message, mend });
      }
    }
    for (const [list, known] of lists)
      for (const [name, receiver] of Object.entries(known))
        findings.push(...(await unreadableFiles(`${list}.${name}`, receiver)));
    if (findings.length > 0) return findings;
    return [good(named === 0 ? 'No graph sends results elsewhere.' : 'All that graphs send to are set up.')];
  },
};

async function unreadableFiles(place: string, receiver: unknown): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const key of FILES) {
    const file = isObject(receiver) ? receiver[key] : undefined;
    if (typeof file !== 'string') continue;
    try {
      await access(file, constants.R_OK);
    } catch (error) {
      const mend = 'Check the path, and that the user of the server may read it.';
      findings.push(fault(`${key} of ${place} cannot be read: ${sentenceOf(error)}`, mend));
    }
  }
  return findings;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
