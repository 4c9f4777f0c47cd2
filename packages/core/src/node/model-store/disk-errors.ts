import { errorCode, errorMessage } from '../../base/index.js';
import { ModelNotKeptError } from '../../plugins/index.js';

const ELSEWHERE = 'or set KINEGRAPH_HOME to a folder elsewhere';

/** What a disk that takes nothing says, and what to do about it. */
const SENTENCES: Readonly<Record<string, { readonly reason: string; readonly mend: string }>> = {
  ENOSPC: { reason: 'the disk is full', mend: `Free some space and try again, ${ELSEWHERE}` },
  EDQUOT: { reason: 'the quota of this user is used up', mend: `Free some space and try again, ${ELSEWHERE}` },
  EROFS: { reason: 'the disk is read-only', mend: 'Set KINEGRAPH_HOME to a folder elsewhere' },
  EACCES: { reason: 'this user may not write there', mend: `Give the right to, ${ELSEWHERE}` },
  EPERM: { reason: 'this user may not write there', mend: `Give the right to, ${ELSEWHERE}` },
  ENOTDIR: { reason: 'a part of its path is no folder', mend: `Move that file away, ${ELSEWHERE}` },
  EEXIST: { reason: 'a part of its path is no folder', mend: `Move that file away, ${ELSEWHERE}` },
};

/** An error of the disk as a sentence with a mend. */
export function toNotKeptError(file: string, error: unknown): ModelNotKeptError {
  if (error instanceof ModelNotKeptError) return error;
  const told = SENTENCES[errorCode(error)] ?? { reason: errorMessage(error), mend: `Check the disk, ${ELSEWHERE}` };
  return new ModelNotKeptError({ file, ...told }, { cause: error });
}
