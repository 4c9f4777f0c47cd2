import { validateGraph } from '@kinegraph/core';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const MEND = 'Correct the graph; "kinegraph validate" tells all that is wrong with it.';

/** Whether the graphs that the server knows can run with its plugins. */
export const graphs: ServerCheck = {
  name: 'graphs',
  of: 'server',
  async run(server) {
    const { host } = await server.platform();
    const found = await server.graphs();
    const findings: Finding[] = [];
    for (const { name, runs, document, problems: formal, error } of found) {
      // What is only kept may be a draft; what is to run has to.
      const told = runs ? fault : warning;
      if (error !== undefined) {
        findings.push(told(sentenceOf(error), 'Correct the path or the rights of the file.'));
        continue;
      }
      const problems = document === undefined ? formal : [...formal, ...validateGraph(document, host.catalog)];
      const errors = problems.filter(({ severity }) => severity === 'error');
      const [first] = errors.length > 0 ? errors : problems;
      if (first === undefined) continue;
      const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
      findings.push((errors.length > 0 ? told : warning)(`${name}: ${first.message}${more}`, first.mend ?? MEND));
    }
    if (findings.length > 0) return findings;
    if (found.length === 0) return [good('There are none besides the built-in one.')];
    return [good(found.length === 1 ? `${found[0]?.name ?? ''} is valid.` : `${found.length} graphs are valid.`)];
  },
};
