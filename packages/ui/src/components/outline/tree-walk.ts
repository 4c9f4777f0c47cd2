/** What a tree of lines needs to know of one. */
export interface TreeRow {
  readonly id: string;
  /** From 1. */
  readonly level: number;
}

/** A line with its place among its kin, as people who hear it are told. */
export interface ShownRow<Row extends TreeRow> {
  readonly row: Row;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
  /** From 1. */
  readonly place: number;
  readonly of: number;
}

/** The lines that are to be seen, in a list of all in reading order: what is below a closed one is not. */
export function shownRows<Row extends TreeRow>(
  rows: readonly Row[],
  closed: ReadonlySet<string>,
): readonly ShownRow<Row>[] {
  const shown: ShownRow<Row>[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const [index, row] of rows.entries()) {
    if (row.level > hiddenBelow) continue;
    const hasChildren = (rows[index + 1]?.level ?? 0) > row.level;
    const isOpen = hasChildren && !closed.has(row.id);
    hiddenBelow = hasChildren && !isOpen ? row.level : Number.POSITIVE_INFINITY;
    const kin = kinOf(rows, index);
    shown.push({ row, hasChildren, isOpen, place: kin.indexOf(row) + 1, of: kin.length });
  }
  return shown;
}

function kinOf<Row extends TreeRow>(rows: readonly Row[], index: number): readonly Row[] {
  const level = rows[index]?.level ?? 1;
  let start = index;
  while (start > 0 && (rows[start - 1]?.level ?? 0) >= level) start -= 1;
  let end = index + 1;
  while (end < rows.length && (rows[end]?.level ?? 0) >= level) end += 1;
  return rows.slice(start, end).filter((row) => row.level === level);
}

/** What a key does in a tree: leads to a line, or opens or closes the one where it is. */
export type TreeMove = { readonly to: string } | { readonly open: string } | { readonly close: string };

/** As trees are walked everywhere: arrows, Home and End. @returns undefined for a key that does nothing there */
export function treeMove<Row extends TreeRow>(
  shown: readonly ShownRow<Row>[],
  at: string | undefined,
  key: string,
): TreeMove | undefined {
  const index = Math.max(
    0,
    shown.findIndex(({ row }) => row.id === at),
  );
  const here = shown[index];
  if (here === undefined) return undefined;
  const leadTo = (place: number): TreeMove | undefined => {
    const row = shown[place]?.row;
    return row === undefined ? undefined : { to: row.id };
  };
  switch (key) {
    case 'ArrowDown':
      return leadTo(index + 1);
    case 'ArrowUp':
      return leadTo(index - 1);
    case 'Home':
      return leadTo(0);
    case 'End':
      return leadTo(shown.length - 1);
    case 'ArrowRight':
      return here.hasChildren && !here.isOpen
        ? { open: here.row.id }
        : here.hasChildren
          ? leadTo(index + 1)
          : undefined;
    case 'ArrowLeft': {
      if (here.isOpen) return { close: here.row.id };
      const parent = shown.slice(0, index).findLast(({ row }) => row.level < here.row.level);
      return parent && { to: parent.row.id };
    }
    default:
      return undefined;
  }
}

/** The next line whose words begin with what was typed, from the one after `at` on and around. */
export function typedTo<Row extends TreeRow>(
  shown: readonly ShownRow<Row>[],
  at: string | undefined,
  typed: string,
  wordsOf: (row: Row) => string,
): string | undefined {
  const start = shown.findIndex(({ row }) => row.id === at);
  // One letter leads on; more of them may still be what stands here.
  const from = typed.length === 1 ? start + 1 : Math.max(0, start);
  const around = [...shown.slice(from), ...shown.slice(0, from)];
  return around.find(({ row }) => wordsOf(row).toLowerCase().startsWith(typed.toLowerCase()))?.row.id;
}
