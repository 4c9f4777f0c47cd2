import { RecordingVersionError } from '../errors.js';

/** The version of the layout that is written. All up to it are read. */
export const RECORDING_FORMAT = 1;
/** The metadata at the beginning of each part that says what it is. */
export const RECORDING_FACTS = 'kinegraph.recording';

/**
 * Refuses a file of a layout that is not known: what its topics and messages mean may have changed. Files without a version
 * are of other programs, and say themselves what they hold.
 * @param name - of a record of metadata; others than `kinegraph.recording` say nothing of the version.
 * @throws RecordingVersionError
 */
export function requireKnownFormat(path: string, name: string, facts: ReadonlyMap<string, string>): void {
  const version = name === RECORDING_FACTS ? facts.get('version') : undefined;
  if (version === undefined) return;
  const number = Number(version);
  if (!Number.isInteger(number) || number < 1 || number > RECORDING_FORMAT)
    throw new RecordingVersionError({ path, version, newest: RECORDING_FORMAT });
}
