import { element } from './elements.js';
import { login } from './server-api.js';

/** Asks for the token where the server wants one. */
export class LoginForm {
  readonly #form = element('login', HTMLFormElement);
  readonly #token = element('token', HTMLInputElement);
  readonly #fault = element('login-fault', HTMLElement);

  /** @param onDone - Called when the server has taken the token. */
  constructor(private readonly onDone: () => void) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  show(): void {
    if (!this.#form.hidden) return;
    this.#form.hidden = false;
    this.#token.focus();
  }

  hide(): void {
    this.#form.hidden = true;
  }

  async #submit(): Promise<void> {
    this.#fault.textContent = '';
    try {
      const fault = await login(this.#token.value.trim());
      if (fault === undefined) {
        this.#token.value = '';
        this.hide();
        this.onDone();
        return;
      }
      this.#fault.textContent = fault;
    } catch (error) {
      this.#fault.textContent = error instanceof Error ? error.message : String(error);
    }
    this.#token.select();
  }
}
