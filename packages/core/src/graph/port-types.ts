/**
 * A port type, read: how many times `window<...>` is around what is inside, and what that is. `$in` stands for the type
 * that arrives at input `in`; `landmarks/*|angles` for either; `landmarks/{to}` for landmarks of the skeleton that the
 * node's configuration names with its key `to`.
 */
export interface PortType {
  readonly windows: number;
  readonly base: PlainBase | { readonly is: 'choice'; readonly of: readonly PortType[] };
}

/** What is inside the windows of a port type that is no choice. */
export type PlainBase =
  | { readonly is: 'any' }
  | { readonly is: 'input'; readonly port: string }
  /** `landmarks/{skeleton}`: the member is the value of a key of the node's configuration. */
  | { readonly is: 'config'; readonly key: string }
  /** `landmarks/hand-21`: family and member; `*` stands for every member; `frame` has none. */
  | { readonly is: 'name'; readonly family: string; readonly member?: string };

/** Windows nested deeper than this are read as no type at all; a resolved type that grew beyond it becomes `any`. */
export const MAX_WINDOW_NESTING = 8;

const WINDOW = /^window<(.*)>$/;
const BASE =
  /^(?:(any)|\$([a-z][a-zA-Z0-9-]*)|landmarks\/\{([a-zA-Z][a-zA-Z0-9]*)\}|([a-z][a-zA-Z0-9.-]*)(?:\/(\*|[a-z0-9][a-zA-Z0-9.-]*))?)$/;

/**
 * Reads a port type expression (`frame`, `landmarks/*`, `landmarks/*|angles`, `window<$in>`, `any`); undefined where it
 * is none. A choice holds no `$`: what arrives is one type.
 */
export function parsePortType(text: string): PortType | undefined {
  return parseWithin(text, MAX_WINDOW_NESTING);
}

function parseWithin(text: string, nestingLeft: number): PortType | undefined {
  const choices = splitChoices(text);
  if (choices.length > 1) {
    const read = choices.map((choice) => parseWithin(choice, nestingLeft));
    const of = read.filter((type) => type !== undefined).filter(({ base }) => base.is !== 'input');
    return of.length === read.length ? { windows: 0, base: { is: 'choice', of } } : undefined;
  }
  const inside = WINDOW.exec(text)?.[1];
  if (inside !== undefined) {
    const inner = nestingLeft === 0 ? undefined : parseWithin(inside, nestingLeft - 1);
    return inner === undefined ? undefined : { windows: inner.windows + 1, base: inner.base };
  }
  const base = parseBase(text);
  return base === undefined ? undefined : { windows: 0, base };
}

/** The parts between those `|` that are inside no window. */
function splitChoices(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '<') depth += 1;
    if (character === '>') depth -= 1;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function parseBase(text: string): PlainBase | undefined {
  const [whole, any, port, key, family, member] = BASE.exec(text) ?? [];
  if (whole === undefined) return undefined;
  if (any !== undefined) return { is: 'any' };
  if (port !== undefined) return { is: 'input', port };
  if (key !== undefined) return { is: 'config', key };
  return family === undefined ? undefined : { is: 'name', family, ...(member === undefined ? {} : { member }) };
}

/** The expression of a port type; reads back as the same type. */
export function formatPortType({ windows, base }: PortType): string {
  return `${'window<'.repeat(windows)}${formatBase(base)}${'>'.repeat(windows)}`;
}

function formatBase(base: PortType['base']): string {
  switch (base.is) {
    case 'any':
      return 'any';
    case 'input':
      return `$${base.port}`;
    case 'config':
      return `landmarks/{${base.key}}`;
    case 'name':
      return base.member === undefined ? base.family : `${base.family}/${base.member}`;
    case 'choice':
      return base.of.map(formatPortType).join('|');
  }
}

const ANY: PortType = { windows: 0, base: { is: 'any' } };
const ANY_LANDMARKS: PlainBase = { is: 'name', family: 'landmarks', member: '*' };

/** The configuration keys that a port type takes the skeleton of its landmarks from; none for what is no port type. */
export function configKeysOf(text: string): string[] {
  const keysIn = ({ base }: PortType): string[] => {
    if (base.is === 'choice') return base.of.flatMap(keysIn);
    return base.is === 'config' ? [base.key] : [];
  };
  return [...new Set(keysIn(readable(text)))];
}

/**
 * The type with each `{key}` replaced by what the configuration has there; `*` where that can be no member.
 * @param text - as declared; what is no port type comes back as it is.
 */
export function bindConfigKeys(text: string, valueOf: (key: string) => unknown): string {
  const bind = ({ windows, base }: PortType): PortType => {
    if (base.is === 'choice') return { windows, base: { is: 'choice', of: base.of.map(bind) } };
    if (base.is !== 'config') return { windows, base };
    const member = valueOf(base.key);
    const bound = typeof member === 'string' ? parsePortType(`landmarks/${member}`)?.base : undefined;
    return { windows, base: bound?.is === 'name' ? bound : ANY_LANDMARKS };
  };
  const type = parsePortType(text);
  return type === undefined ? text : formatPortType(bind(type));
}

/**
 * What fits both types: the narrower one where one covers the other. Undefined where nothing does. `$in` counts as `any`,
 * and so does what cannot be read: whoever declared it is told elsewhere. `landmarks/{key}` counts as `landmarks/*`.
 */
export function commonPortType(left: string, right: string): string | undefined {
  const rights = alternatives(readable(right));
  const common = alternatives(readable(left)).flatMap((one) => rights.flatMap((other) => meet(one, other) ?? []));
  const narrowed = common.filter(
    (type, index) => !common.some((other, place) => makesNeedless(other, place, type, index)),
  );
  const [only] = narrowed;
  if (only === undefined) return undefined;
  return formatPortType(narrowed.length === 1 ? only : choiceOf(narrowed));
}

/** True where a choice that has `other` says nothing more by `type`; of two equal ones the first stays. */
function makesNeedless(other: PlainType, place: number, type: PlainType, index: number): boolean {
  if (place === index) return false;
  const common = meet(other, type);
  const covers = common !== undefined && formatPortType(common) === formatPortType(type);
  return covers && (place < index || formatPortType(other) !== formatPortType(type));
}

/** A choice with the windows that all have around it, so that it is read as people would write it. */
function choiceOf(types: readonly PlainType[]): PortType {
  const windows = Math.min(...types.map((type) => type.windows));
  return { windows, base: { is: 'choice', of: types.map((type) => ({ ...type, windows: type.windows - windows })) } };
}

/**
 * True where a wire may lead from an output to an input of these types: something exists that both allow. What is known
 * only at run time (`any`) fits everything, in both directions.
 */
export function portTypesFit(output: string, input: string): boolean {
  return commonPortType(output, input) !== undefined;
}

/**
 * The type that leaves an output.
 *
 * @param output - As declared: `landmarks/hand-21`, `$in`, `window<$in>`.
 * @param arriving - The resolved type that arrives at an input; undefined where that is not known.
 * @returns A type without `$`; `any` where the type is not known.
 */
export function resolveOutputType(output: string, arriving: (port: string) => string | undefined): string {
  const { windows, base } = readable(output);
  if (base.is !== 'input') return formatPortType({ windows, base });
  const inner = readable(arriving(base.port) ?? 'any');
  const resolved: PortType = {
    windows: windows + inner.windows,
    base: inner.base.is === 'input' ? ANY.base : inner.base,
  };
  return alternatives(resolved).some((type) => type.windows > MAX_WINDOW_NESTING) ? 'any' : formatPortType(resolved);
}

function readable(text: string): PortType {
  return parsePortType(text) ?? ANY;
}

/** A port type without a choice in it. */
interface PlainType {
  readonly windows: number;
  readonly base: PlainBase;
}

/** What a type allows, one by one: `window<a|b>` is `window<a>` or `window<b>`. */
function alternatives({ windows, base }: PortType): PlainType[] {
  if (base.is !== 'choice') return [{ windows, base: base.is === 'config' ? ANY_LANDMARKS : base }];
  return base.of.flatMap(alternatives).map((type) => ({ windows: windows + type.windows, base: type.base }));
}

function meet(left: PlainType, right: PlainType): PlainType | undefined {
  const leftOpen = left.base.is !== 'name';
  const rightOpen = right.base.is !== 'name';
  // `any` inside n windows covers whatever has at least n windows.
  if (leftOpen || rightOpen) {
    const [open, other] = leftOpen && (!rightOpen || left.windows <= right.windows) ? [left, right] : [right, left];
    if (other.windows < open.windows) return undefined;
    return other.base.is === 'input' ? { windows: other.windows, base: { is: 'any' } } : other;
  }
  if (left.windows !== right.windows || left.base.is !== 'name' || right.base.is !== 'name') return undefined;
  if (left.base.family !== right.base.family) return undefined;
  if (left.base.member === right.base.member) return left;
  if (left.base.member === '*' && right.base.member !== undefined) return right;
  if (right.base.member === '*' && left.base.member !== undefined) return left;
  return undefined;
}
