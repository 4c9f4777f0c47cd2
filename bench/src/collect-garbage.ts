import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Collects all garbage of this thread at once: else V8 lets 20 MiB come and go as it likes. */
export const collectGarbage = runInNewContext('gc') as () => void;
