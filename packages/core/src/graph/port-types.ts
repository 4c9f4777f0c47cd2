/**
 * A port type, read: how many times `window<...>` is around what is inside, and what that is. `$in` stands for the type
 * that arrives at input `in`.
 */
export interface PortType {
  readonly windows: number;
  readonly base:
    | { readonly is: 'any' }
    | { readonly is: 'input'; readonly port: string }
    /** `landmarks/hand-21`: family and member; `*` stands for every member; `frame` has none. */
    | { readonly is: 'name'; readonly family: string; readonly member?: string };
}

/** Windows nested deeper than this are read as no type at all; a resolved type that grew beyond it becomes `any`. */
export const MAX_WINDOW_NESTING = 8;

const WINDOW = /^window<(.*)>$/;
const BASE = /^(?:(any)|\$([a-z][a-zA-Z0-9-]*)|([a-z][a-zA-Z0-9.-]*)(?:\/(\*|[a-z0-9][a-zA-Z0-9.-]*))?)$/;

/** Reads a port type expression (`frame`, `landmarks/*`, `window<$in>`, `any`); undefined where it is none. */
export function parsePortType(text: string): PortType | undefined {
  let inner = text;
  let windows = 0;
  for (let match = WINDOW.exec(inner); match?.[1] !== undefined; match = WINDOW.exec(inner)) {
    inner = match[1];
    windows += 1;
    if (windows > MAX_WINDOW_NESTING) return undefined;
  }
  const [whole, any, port, family, member] = BASE.exec(inner) ?? [];
  if (whole === undefined) return undefined;
  if (any !== undefined) return { windows, base: { is: 'any' } };
  if (port !== undefined) return { windows, base: { is: 'input', port } };
  if (family === undefined) return undefined;
  return { windows, base: { is: 'name', family, ...(member === undefined ? {} : { member }) } };
}

/** The expression of a port type; reads back as the same type. */
export function formatPortType({ windows, base }: PortType): string {
  const text =
    base.is === 'any'
      ? 'any'
      : base.is === 'input'
        ? `$${base.port}`
        : `${base.family}${base.member === undefined ? '' : `/${base.member}`}`;
  return `${'window<'.repeat(windows)}${text}${'>'.repeat(windows)}`;
}

const ANY: PortType = { windows: 0, base: { is: 'any' } };

/**
 * What fits both types: the narrower one where one covers the other. Undefined where nothing does. `$in` counts as `any`,
 * and so does what cannot be read: whoever declared it is told elsewhere.
 */
export function commonPortType(left: string, right: string): string | undefined {
  const common = meet(readable(left), readable(right));
  return common === undefined ? undefined : formatPortType(common);
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
  return resolved.windows > MAX_WINDOW_NESTING ? 'any' : formatPortType(resolved);
}

function readable(text: string): PortType {
  return parsePortType(text) ?? ANY;
}

function meet(left: PortType, right: PortType): PortType | undefined {
  const leftOpen = left.base.is !== 'name';
  const rightOpen = right.base.is !== 'name';
  // `any` inside n windows covers whatever has at least n windows.
  if (leftOpen || rightOpen) {
    const [open, other] = leftOpen && (!rightOpen || left.windows <= right.windows) ? [left, right] : [right, left];
    if (other.windows < open.windows) return undefined;
    return other.base.is === 'input' ? { windows: other.windows, base: ANY.base } : other;
  }
  if (left.windows !== right.windows || left.base.is !== 'name' || right.base.is !== 'name') return undefined;
  if (left.base.family !== right.base.family) return undefined;
  if (left.base.member === right.base.member) return left;
  if (left.base.member === '*' && right.base.member !== undefined) return right;
  if (right.base.member === '*' && left.base.member !== undefined) return left;
  return undefined;
}
