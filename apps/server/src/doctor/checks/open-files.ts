import { z } from 'zod';
import type { ServerCheck } from '../check.js';
import { good, skipped, warning } from '../finding.js';
import type { Finding } from '../finding.js';

/** Besides connections: models, modules, files of graphs, pipes of decoders. */
const OWN_FILES = 256;
/** Connections above those that are counted, as `startServer` lets them in. */
const SPARE_CONNECTIONS = 64;

const Report = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.union([z.number(), z.string()]) }) }),
});

/** Whether the process may have as many files and connections open as the limits of the configuration allow. */
export const openFiles: ServerCheck = {
  name: 'open files',
  of: 'server',
  run: async ({ config }) => await Promise.resolve([judgeOpenFiles(openFilesAllowed(), config.limits.connections)]),
};

/** Exported for its test. @param allowed - undefined where the system has no such limit */
export function judgeOpenFiles(allowed: number | undefined, connections: number): Finding {
  if (allowed === undefined) return skipped('This system tells no limit.');
  const wanted = connections + SPARE_CONNECTIONS + OWN_FILES;
  if (allowed >= wanted)
    return good(`${Number.isFinite(allowed) ? allowed : 'Any number of them'} may be open at once.`);
  return warning(
    `${allowed} may be open at once, and limits.connections of ${connections} may need ${wanted}.`,
    `Raise the limit (LimitNOFILE= of systemd, ulimit -n), or lower limits.connections.`,
  );
}

/** Node raises what it may have to what it could have when it starts, so that this is what a server has. */
function openFilesAllowed(): number | undefined {
  // Without the network, or the report would ask name servers. (The types do not know this setting.)
  const report = Object.assign(process.report, { excludeNetwork: true }).getReport();
  const { data } = Report.safeParse(report);
  if (data === undefined) return undefined;
  const { soft } = data.userLimits.open_files;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
