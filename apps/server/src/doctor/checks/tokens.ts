import { existsSync, statSync } from 'node:fs';
import { TokenStore, demandsToken, tokensFileOf } from '../../access/index.js';
import { TokensFileError } from '../../access/access-errors.js';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf, warning } from '../finding.js';

const READABLE_BY_OTHERS = 0o077;

/** Whether the file of tokens can be used, and is for its user alone. */
export const tokens: ServerCheck = {
  name: 'tokens',
  of: 'server',
  async run({ config, env }) {
    const file = tokensFileOf(config, env);
    const isDemanded = demandsToken(config);
    if (!existsSync(file)) {
      const first = 'the first start makes one and prints it';
      return await Promise.resolve([
        good(isDemanded ? `There are no tokens yet: ${first}.` : 'No token is demanded on loopback.'),
      ]);
    }
    // The server takes the rights away by itself; this here only looks.
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & READABLE_BY_OTHERS) !== 0) {
      const rights = (mode & 0o777).toString(8).padStart(3, '0');
      return [warning(`Others may read the tokens file ${file} (its rights are ${rights}).`, `Run: chmod 600 ${file}`)];
    }
    try {
      const all = new TokenStore(file).list();
      const count = `${file} has ${all.length} ${all.length === 1 ? 'token' : 'tokens'}`;
      return [good(isDemanded ? `${count}.` : `${count}; none is demanded on loopback.`)];
    } catch (error) {
      if (!(error instanceof TokensFileError)) throw error;
      const mend = 'Restore it from a back-up, or move it away and make new tokens by "kinegraph tokens create".';
      return [fault(sentenceOf(`The tokens file ${file} cannot be used: ${error.data.reason}`), mend)];
    }
  },
};
