import { lookup } from 'node:dns/promises';
import { NetworkAllowList, NetworkNotAllowedError, parseRange } from '@kinegraph/core/node';
import type { ServerCheck } from '../check.js';
import { good, sentenceOf, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const RESOLVE_MS = 5_000;

/** Whether the hosts that graphs may connect to are known, and lead where graphs may go. */
export const names: ServerCheck = {
  name: 'allowed names',
  of: 'server',
  async run({ config }) {
    const { networkAllow } = config.media;
    const hosts = networkAllow.filter(
      (entry) => !entry.startsWith('device:') && !entry.startsWith('*.') && parseRange(entry) === undefined,
    );
    if (networkAllow.length === 0) return [good('Graphs may connect nowhere.')];
    if (hosts.length === 0) return [good('There are no names among media.networkAllow.')];
    const allowed = new NetworkAllowList(networkAllow);
    const findings = await Promise.all(hosts.map(async (host) => await look(host, allowed)));
    const bad = findings.filter((finding) => finding !== undefined);
    return bad.length > 0 ? bad : [good(`${hosts.join(', ')} can be found.`)];
  },
};

async function look(host: string, allowed: NetworkAllowList): Promise<Finding | undefined> {
  let addresses: readonly string[];
  try {
    const found = await Promise.race([lookup(host, { all: true }), late(host)]);
    addresses = found.map(({ address }) => address);
  } catch (error) {
    const mend = 'Check the name in media.networkAllow, and the name server of this machine.';
    return warning(`"${host}" cannot be found: ${sentenceOf(error)}`, mend);
  }
  try {
    allowed.check(`http://${host}/`, addresses);
    return undefined;
  } catch (error) {
    if (!(error instanceof NetworkNotAllowedError)) throw error;
    return warning(sentenceOf(`"${host}" may not be connected to: ${error.data.reason}`), `${error.data.mend}.`);
  }
}

async function late(host: string): Promise<never> {
  return await new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no name server answered for ${host} in time`)), RESOLVE_MS).unref();
  });
}
