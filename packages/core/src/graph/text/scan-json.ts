import { jsonPointer } from './json-pointer.js';
import type { PathStep } from './json-pointer.js';

/** Where something is in a text; both count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** What a text does wrong as JSON. */
export interface JsonFault {
  readonly kind: 'syntax' | 'depth';
  readonly offset: number;
  /** What was met and what may stand there, as the end of a sentence. */
  readonly reason: string;
}

/** A key that an object has twice; all but the last value of it would be lost without a word. */
export interface DuplicateKey {
  readonly offset: number;
  readonly key: string;
  readonly pointer: string;
}

export interface JsonScan {
  /** The first fault; undefined where the text is JSON. */
  readonly fault?: JsonFault;
  readonly duplicates: readonly DuplicateKey[];
}

/** Is told of every value of a text that is JSON: its JSON pointer, and the offset of its key or of itself. */
type PlaceVisitor = (pointer: string, offset: number) => void;

/** Tells lines and columns in a text whose lines were counted once. */
export class TextLines {
  /** Offsets at which lines begin, ascending. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
  }

  /** The place of an offset. */
  positionOf(offset: number): TextPosition {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/**
 * Reads a text as JSON (RFC 8259) for its faults only. `JSON.parse` of each platform tells the place in its own words
 * or not at all, and never tells of a key given twice.
 *
 * @param maxDepth - Nesting beyond it is a fault, so that no later walk through the value overflows the stack.
 * @param maxDuplicates - No more keys given twice than this are told.
 */
export function scanJson(text: string, maxDepth: number, maxDuplicates = Number.POSITIVE_INFINITY): JsonScan {
  return new JsonScanner(text, maxDepth, maxDuplicates).scan();
}

/**
 * Where JSON pointers lead in a text: to the key, or to the value where there is none. What leads nowhere is left out;
 * in a text that is not JSON everything leads nowhere.
 */
export function locatePointers(text: string, pointers: Iterable<string>, maxDepth: number): Map<string, TextPosition> {
  const wanted = new Set(pointers);
  const places = new Map<string, TextPosition>();
  const lines = new TextLines(text);
  const { fault } = new JsonScanner(text, maxDepth, 0, (pointer, offset) => {
    if (wanted.has(pointer)) places.set(pointer, lines.positionOf(offset));
  }).scan();
  return fault === undefined ? places : new Map<string, TextPosition>();
}

/** Thrown inside the scanner only, to leave it at the first fault. */
class ScanStop {
  constructor(readonly fault: JsonFault) {}
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these characters in strings
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERAL = /true|false|null/y;
const WHITESPACE = /[ \t\n\r]*/y;

class JsonScanner {
  #offset = 0;
  #depth = 0;
  readonly #path: PathStep[] = [];
  readonly #duplicates: DuplicateKey[] = [];

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
    private readonly maxDuplicates: number,
    private readonly visit?: PlaceVisitor,
  ) {}

  scan(): JsonScan {
    try {
      this.#skipSpace();
      this.visit?.('', this.#offset);
      this.#value();
      this.#skipSpace();
      if (this.#offset < this.text.length) this.#fail('the document has ended before it');
      return { duplicates: this.#duplicates };
    } catch (stop) {
      if (stop instanceof ScanStop) return { fault: stop.fault, duplicates: this.#duplicates };
      throw stop;
    }
  }

  #value(): void {
    const character = this.text[this.#offset];
    if (character === '{') this.#object();
    else if (character === '[') this.#list();
    else if (character === '"') this.#string();
    else if (!this.#match(NUMBER) && !this.#match(LITERAL)) this.#fail('a value should stand here');
  }

  #object(): void {
    this.#enter();
    const keys = new Set<string>();
    if (!this.#take('}')) {
      do {
        this.#skipSpace();
        const offset = this.#offset;
        if (this.text[offset] !== '"') this.#fail('a key in double quotes should stand here');
        this.#string();
        const key = JSON.parse(this.text.slice(offset, this.#offset)) as string;
        this.#path.push(key);
        if (keys.has(key) && this.#duplicates.length < this.maxDuplicates) {
          this.#duplicates.push({ offset, key, pointer: jsonPointer(this.#path) });
        }
        keys.add(key);
        this.visit?.(jsonPointer(this.#path), offset);
        this.#skipSpace();
        if (!this.#take(':')) this.#fail('a colon should stand here');
        this.#skipSpace();
        this.#value();
        this.#path.pop();
        this.#skipSpace();
      } while (this.#take(','));
      if (!this.#take('}')) this.#fail('a comma or "}" should stand here');
    }
    this.#depth -= 1;
  }

  #list(): void {
    this.#enter();
    if (!this.#take(']')) {
      let index = 0;
      do {
        this.#skipSpace();
        this.#path.push(index);
        this.visit?.(jsonPointer(this.#path), this.#offset);
        this.#value();
        this.#path.pop();
        index += 1;
        this.#skipSpace();
      } while (this.#take(','));
      if (!this.#take(']')) this.#fail('a comma or "]" should stand here');
    }
    this.#depth -= 1;
  }

  /** Steps over the opening bracket and the space behind it. */
  #enter(): void {
    this.#depth += 1;
    if (this.#depth > this.maxDepth) {
      // oxlint-disable-next-line typescript/only-throw-error -- never leaves this class
      throw new ScanStop({
        kind: 'depth',
        offset: this.#offset,
        reason: `nesting is deeper than ${this.maxDepth} levels`,
      });
    }
    this.#offset += 1;
    this.#skipSpace();
  }

  #string(): void {
    this.#offset += 1;
    for (;;) {
      this.#match(PLAIN_CHARACTERS);
      if (this.#take('"')) return;
      if (this.text[this.#offset] === '\\') {
        if (!this.#match(ESCAPE)) this.#fail('no such escape exists; a plain backslash is written "\\\\"');
      } else this.#fail('the closing double quote is missing');
    }
  }

  #take(character: string): boolean {
    if (this.text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  /** Steps over what the sticky pattern fits; false where it fits nothing at all. */
  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.text);
    if (found === null) return false;
    this.#offset += found[0].length;
    return true;
  }

  #skipSpace(): void {
    this.#match(WHITESPACE);
  }

  #fail(reason: string): never {
    const met = this.text.codePointAt(this.#offset);
    const shown = met === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(met));
    // oxlint-disable-next-line typescript/only-throw-error -- never leaves this class
    throw new ScanStop({ kind: 'syntax', offset: this.#offset, reason: `${shown} was met, but ${reason}` });
  }
}
