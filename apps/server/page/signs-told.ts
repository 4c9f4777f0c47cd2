import type { ResultMessage } from '@kinegraph/core/protocol';
import { element } from './elements.js';

/** A sign that was told, as results carry it. */
interface ToldSign {
  readonly label: string;
  readonly score: number;
}

/** How long a sign stands over the picture. */
const CAPTION_MS = 1600;
/** The newest of the list. */
const LISTED = 8;

/** The signs of a run: each as a caption over the picture when it is told, and the last ones in a list. */
export class SignsTold {
  readonly #caption = element('caption', HTMLElement);
  readonly #section = element('signs-section', HTMLElement);
  readonly #list = element('signs', HTMLElement);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows the signs of a result, where it has any. */
  add({ values }: ResultMessage): void {
    for (const value of Object.values(values)) for (const sign of signsOf(value)) this.#tell(sign);
  }

  /** Another run was chosen. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#caption.hidden = true;
    this.#list.replaceChildren();
    this.#section.hidden = true;
  }

  #tell({ label, score }: ToldSign): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#caption.hidden = true), CAPTION_MS);
    this.#caption.textContent = label;
    this.#caption.hidden = false;
    this.#section.hidden = false;
    const row = document.createElement('li');
    const told = new Date();
    for (const [name, text] of [
      ['sign', label],
      ['score', `${Math.round(score * 100)} %`],
      ['time', told.toLocaleTimeString([], { hour12: false })],
    ] as const) {
      const cell = document.createElement('span');
      cell.className = name;
      cell.textContent = text;
      row.append(cell);
    }
    this.#list.prepend(row);
    while (this.#list.childElementCount > LISTED) this.#list.lastElementChild?.remove();
  }
}

/** The signs in the value of a sink; none where it is something else. */
function signsOf(value: unknown): ToldSign[] {
  if (typeof value !== 'object' || value === null || !('events' in value) || !Array.isArray(value.events)) return [];
  return (value.events as unknown[]).filter(isSign);
}

function isSign(event: unknown): event is ToldSign {
  const { label, score } = (event ?? {}) as Partial<Record<keyof ToldSign, unknown>>;
  return typeof label === 'string' && typeof score === 'number';
}
