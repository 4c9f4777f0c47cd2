import { decodePicture } from './decode-picture.js';
import type { Picture } from '../camera/index.js';
import type { KeptPicture } from './live-memory.js';

/** The picture of the past that is looked at, decoded when it is wanted: the one before stays until the next is there. */
export class StillPicture implements Disposable {
  #wanted: KeptPicture | undefined;
  #shown: { readonly of: KeptPicture; readonly picture: Picture } | undefined;
  #isDecoding = false;

  /** What there is to show now of a kept picture. */
  get(wanted: KeptPicture): { readonly of: KeptPicture; readonly picture: Picture } | undefined {
    if (this.#wanted !== wanted) {
      this.#wanted = wanted;
      if (!this.#isDecoding) void this.#decode();
    }
    return this.#shown;
  }

  [Symbol.dispose](): void {
    this.#wanted = undefined;
    this.#shown?.picture.close();
    this.#shown = undefined;
  }

  /** One at a time: whoever scrubs wants the newest of what they have passed. */
  async #decode(): Promise<void> {
    this.#isDecoding = true;
    try {
      for (let of = this.#wanted; of !== undefined && of !== this.#shown?.of; of = this.#wanted) {
        const picture = await decodePicture(of.jpeg);
        if (picture === undefined) return; // it is broken: the one before stays
        if (this.#wanted === undefined) {
          picture.close();
          return;
        }
        this.#shown?.picture.close();
        this.#shown = { of, picture };
      }
    } finally {
      this.#isDecoding = false;
    }
  }
}
