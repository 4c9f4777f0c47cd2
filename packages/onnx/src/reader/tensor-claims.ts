import { ProtoFault } from './proto-reader.js';
import type { TensorClaim } from './read-tensor.js';

/** So that a file of a few bytes each cannot fill the memory with names. */
const MAX_FILES = 4096;

/** What all tensors of a model claim together, wherever they lie in it: a runtime loads every one. */
export class TensorClaims {
  /** The files that they name, each once. */
  readonly files = new Set<string>();
  /** As their dims and types say. */
  bytes = 0;

  /** @throws ProtoFault */
  add({ bytes, externalFiles }: TensorClaim): void {
    this.bytes += bytes;
    for (const file of externalFiles) {
      if (this.files.size === MAX_FILES) throw new ProtoFault(`it names more than ${MAX_FILES} other files`);
      this.files.add(file);
    }
  }
}
