import type { NodeNow } from '@kinegraph/core/protocol';
import type { Box } from '../../editing/index.js';
import { easedFigures, shortCount, threeDigits } from './shown-figures.js';
import type { ShownFigures } from './shown-figures.js';

/** Texts of the figures at a node, in the reader's language. */
export interface FigureWords {
  readonly works: string;
  /** Of a source: waits for the next packet. */
  readonly reads: string;
  readonly waits: string;
  readonly lies: string;
  readonly dropped: string;
  readonly perSecond: string;
  /** By state: `restarting`, `quarantined`, `failed`, `paused`. */
  readonly states: Readonly<Record<string, string>>;
}

/** What a node's figures do not tell by themselves. */
export interface NodeCircumstances {
  readonly isSource: boolean;
  /** The sources of its run are held. */
  readonly isPaused: boolean;
  /** What is wrong with it, as a sentence. */
  readonly trouble: string | undefined;
}

/** Below a node, in units of the canvas. */
const GAP = 4;

/** The figures that stand below one node. Elements are made once, and only texts that are others are written. */
export class NodeBadge {
  readonly element = make('div', 'node-figures');
  readonly #rate = make('span', 'rate');
  readonly #state = make('span', 'state');
  readonly #works = make('span', 'times');
  readonly #waits = make('span', 'times');
  readonly #drops = make('span', 'drops');
  readonly #message = make('p', 'message');
  #shown: ShownFigures | undefined;

  constructor(
    name: string,
    private readonly words: FigureWords,
  ) {
    this.element.dataset['figuresOf'] = name;
    this.element.append(this.#rate, this.#state, this.#works, this.#waits, this.#drops, this.#message);
  }

  /** Where it stands. */
  place({ x, y, width, height }: Box): void {
    this.element.style.transform = `translate(${x}px, ${y + height + GAP}px)`;
    this.element.style.inlineSize = `${width}px`;
  }

  show(node: NodeNow, { isSource, isPaused, trouble }: NodeCircumstances): void {
    this.#shown = easedFigures(this.#shown, node);
    const { perSecond, workMs, waitMs, dropped, causes } = this.#shown;
    const { works, reads, waits, lies, perSecond: unit, states } = this.words;
    write(this.#rate, `${threeDigits(perSecond)} ${unit}`);
    const isBuffer = node.workMs.count === 0 && node.handOverMs.count > 0;
    const doing = isBuffer ? lies : isSource ? reads : works;
    write(this.#works, `${doing} ${threeDigits(workMs[0])} / ${threeDigits(workMs[1])} ms`);
    write(this.#waits, waitMs[0] === null ? '' : `${waits} ${threeDigits(waitMs[0])} / ${threeDigits(waitMs[1])} ms`);
    const [cause] = Object.entries(causes).sort(([, a], [, b]) => b - a);
    write(this.#drops, dropped === 0 ? '' : `${this.words.dropped} ${shortCount(dropped)} (${cause?.[0] ?? ''})`);
    const state = states[node.state] === undefined ? (isPaused && isSource ? 'paused' : '') : node.state;
    write(this.#state, states[state] ?? '');
    write(this.#message, trouble ?? '');
    const kind = trouble !== undefined && state !== 'paused' ? 'bad' : state;
    if (this.element.dataset['state'] !== kind) this.element.dataset['state'] = kind;
  }
}

function make(tag: 'div' | 'span' | 'p', name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
