import { injectable } from 'inversify';

/** Counts the requests for pictures that a client has already: they are answered with 304. */
@injectable()
export class UnchangedPictures {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(): void {
    this.#count += 1;
  }
}
