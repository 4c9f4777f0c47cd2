import { GraphIdError } from './graph-errors.js';

/** Ids of graphs: names of files on every system, and plain parts of paths. No capitals, since not every file system tells them apart. */
export const GRAPH_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** How the file of a graph ends. */
const ENDING = '.kinegraph.json';

/** What Windows takes for devices, whatever their ending. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** @throws GraphIdError */
export function checkGraphId(id: string): void {
  if (!GRAPH_ID.test(id))
    throw new GraphIdError({
      id,
      reason: 'ids have 1 to 64 lower-case letters, digits and dashes, and begin with a letter or a digit',
    });
  if (DEVICES.test(id)) throw new GraphIdError({ id, reason: 'Windows has a device of this name' });
}

/** The name of the file of a graph. */
export const fileNameOf = (id: string): string => `${id}${ENDING}`;

/** Whose file this is; undefined for a name that is none of a graph here. */
export function graphOfFile(name: string): string | undefined {
  if (!name.endsWith(ENDING)) return undefined;
  const id = name.slice(0, -ENDING.length);
  return GRAPH_ID.test(id) && !DEVICES.test(id) ? id : undefined;
}
