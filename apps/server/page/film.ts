import { element } from './elements.js';
import { picturesPath } from './server-api.js';

/** The pictures of a run that takes them from elsewhere, with what was found drawn on them by the server. */
export class Film {
  readonly #image = element('film', HTMLImageElement);
  #path: string | undefined;
  #isThere = false;

  constructor() {
    this.#image.addEventListener('load', () => this.#show(true)); // browsers tell it with the first picture of a stream
    this.#image.addEventListener('error', () => this.#show(false));
  }

  /** True while there are pictures to see. */
  get isShown(): boolean {
    return this.#isThere;
  }

  /** Shows the pictures of a source from now on. */
  play(run: string, node: string): void {
    this.stop();
    this.#path = picturesPath(run, node);
    this.#image.src = this.#path;
  }

  /** Where the source has no picture yet, or its stream broke off, the page asks again now and then. */
  retry(): void {
    if (this.#path === undefined || this.#isThere) return;
    this.#image.removeAttribute('src');
    this.#image.src = this.#path;
  }

  /** Ends the stream: a browser reads it for as long as it has its address. */
  stop(): void {
    this.#path = undefined;
    this.#image.removeAttribute('src');
    this.#show(false);
  }

  #show(isThere: boolean): void {
    this.#isThere = isThere && this.#path !== undefined;
    this.#image.hidden = !this.#isThere;
  }
}
