/** What a Python literal can hold here; a dictionary is a Map, so that no key of a file can reach a prototype. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | ReadonlyMap<PythonValue, PythonValue>;

/** True for dictionaries. */
export function isDictionary(value: PythonValue | undefined): value is ReadonlyMap<PythonValue, PythonValue> {
  return value instanceof Map;
}

/** True for lists and tuples. */
export function isList(value: PythonValue | undefined): value is readonly PythonValue[] {
  return Array.isArray(value);
}

/** Longest text that is looked at, in characters; the class names of the largest public models take 20,000. */
const LONGEST_TEXT = 1_000_000;
const DEEPEST_NESTING = 16;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
const WORDS: ReadonlyMap<string, PythonValue> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const PLAIN_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);
/** Digits of the escapes that give a code point. */
const CODE_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * The value of a Python literal, as exports write their metadata (`{0: 'person'}`, `(17, 3)`, `True`): numbers, strings,
 * lists, tuples, dictionaries, True, False, None. Nothing is evaluated.
 * @returns undefined where the text is no such literal, is longer than 1,000,000 characters or nested deeper than 16.
 */
export function parsePythonLiteral(text: string): PythonValue | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  try {
    const reader = new LiteralReader(text);
    const value = reader.value(0);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

/** Stops the reading; never leaves this file. */
class NoLiteral extends Error {}

class LiteralReader {
  #at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): PythonValue {
    if (depth > DEEPEST_NESTING) throw new NoLiteral();
    this.#match(SPACE);
    const value = this.#bareValue(depth);
    this.#match(SPACE);
    return value;
  }

  end(): void {
    if (this.#at !== this.text.length) throw new NoLiteral();
  }

  #bareValue(depth: number): PythonValue {
    switch (this.text[this.#at]) {
      case '{':
        return this.#dictionary(depth);
      case '[':
        return this.#list(']', depth).items;
      case '(':
        return this.#tuple(depth);
      case "'":
      case '"':
        return this.#string();
      default:
        return this.#numberOrWord();
    }
  }

  #dictionary(depth: number): PythonValue {
    const entries = new Map<PythonValue, PythonValue>();
    this.#items('}', () => {
      const key = this.value(depth + 1);
      this.#expect(':');
      entries.set(key, this.value(depth + 1));
    });
    return entries;
  }

  #list(end: string, depth: number): { items: readonly PythonValue[]; endsWithComma: boolean } {
    const items: PythonValue[] = [];
    const endsWithComma = this.#items(end, () => items.push(this.value(depth + 1)));
    return { items, endsWithComma };
  }

  /** `(1)` is a number in brackets, `(1,)` a tuple. */
  #tuple(depth: number): PythonValue {
    const { items, endsWithComma } = this.#list(')', depth);
    const [only] = items;
    return items.length === 1 && only !== undefined && !endsWithComma ? only : items;
  }

  /** Items with commas between them, and perhaps one behind the last. @returns whether there is one behind the last. */
  #items(end: string, readItem: () => void): boolean {
    let endsWithComma = false;
    this.#at += 1;
    this.#match(SPACE);
    while (this.text[this.#at] !== end) {
      readItem();
      endsWithComma = this.text[this.#at] === ',';
      if (!endsWithComma) break;
      this.#at += 1;
      this.#match(SPACE);
    }
    this.#expect(end);
    return endsWithComma;
  }

  #string(): string {
    const quote = this.text[this.#at];
    this.#at += 1;
    let value = '';
    for (;;) {
      const character = this.text[this.#at];
      if (character === undefined || character === '\n') throw new NoLiteral();
      this.#at += 1;
      if (character === quote) return value;
      value += character === '\\' ? this.#escape() : character;
    }
  }

  #escape(): string {
    const letter = this.text[this.#at] ?? '';
    this.#at += 1;
    const plain = PLAIN_ESCAPES.get(letter);
    if (plain !== undefined) return plain;
    const digits = CODE_ESCAPES.get(letter);
    if (digits === undefined) return `\\${letter}`; // as Python leaves it
    const code = this.text.slice(this.#at, this.#at + digits);
    this.#at += digits;
    if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) throw new NoLiteral();
    const point = Number.parseInt(code, 16);
    if (point > 0x10_ff_ff) throw new NoLiteral();
    return String.fromCodePoint(point);
  }

  #numberOrWord(): PythonValue {
    const number = this.#match(NUMBER);
    if (number !== '') return Number(number);
    const value = WORDS.get(this.#match(WORD));
    if (value === undefined) throw new NoLiteral();
    return value;
  }

  #expect(character: string): void {
    if (this.text[this.#at] !== character) throw new NoLiteral();
    this.#at += 1;
  }

  /** What a sticky pattern matches here, and on behind it; empty where it does not. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
