import type { z } from 'zod';
import { nodeConfigSchema } from './config/config-schema.js';
import { schemaFaults } from './config/schema-faults.js';
import type { SchemaFault } from './config/schema-faults.js';
import { GRAPH_FORMAT, GraphDocument, MAX_NAME_LENGTH } from './document.js';
import { migrateGraph } from './migrate.js';
import type { JsonSchema } from './node-type.js';
import { MAX_GRAPH_PROBLEMS, graphProblem } from './problem.js';
import type { GraphProblemCode, Problem } from './problem.js';
import { fieldName, jsonPointer, valueAt } from './text/json-pointer.js';
import type { PathStep } from './text/json-pointer.js';
import { TextLines, locatePointers, scanJson } from './text/scan-json.js';
import { showValue } from './text/show-value.js';

/** Longest text of a graph document, in characters (UTF-16 units). */
export const MAX_GRAPH_CHARACTERS = 4 * 1024 * 1024;
/** Most nodes of a graph. */
export const MAX_GRAPH_NODES = 2_000;
/** Most wires of a graph. */
export const MAX_GRAPH_WIRES = 10_000;
/** Most comments, and most groups, of a graph. */
export const MAX_GRAPH_ANNOTATIONS = 1_000;
/** Deepest nesting of objects and lists in a document. */
export const MAX_GRAPH_DEPTH = 64;

/** A document as far as it could be read. */
export interface ParsedGraph {
  /** Undefined where a problem of severity error was found. */
  readonly document?: GraphDocument;
  readonly problems: readonly Problem[];
}

/**
 * Reads a graph document: its form only, without any node type. Any input is answered, none throws.
 *
 * @param input - The text of a file (a byte order mark is no harm), or a value that JSON could say.
 */
export function parseGraph(input: unknown): ParsedGraph {
  return typeof input === 'string' ? parseText(input.startsWith('\uFEFF') ? input.slice(1) : input) : parseValue(input);
}

/**
 * The same problems with line and column of the place their pointer leads to; where that is missing in the text, of the
 * nearest place around it.
 *
 * @param text - What the document was read from; one that is not JSON leaves the problems as they are.
 */
export function withPositions(problems: readonly Problem[], text: string): Problem[] {
  const pointers = problems.flatMap(({ pointer }) => ancestors(pointer));
  const places = locatePointers(text, pointers, MAX_GRAPH_DEPTH);
  return problems.map((problem) => {
    const found = ancestors(problem.pointer).find((pointer) => places.has(pointer));
    const position = found === undefined ? undefined : places.get(found);
    return problem.line !== undefined || position === undefined ? problem : { ...problem, ...position };
  });
}

/** A pointer and those around it, innermost first. */
function ancestors(pointer: string): string[] {
  const steps = pointer.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}

function parseText(text: string): ParsedGraph {
  if (text.length > MAX_GRAPH_CHARACTERS) {
    return refused([
      graphProblem('GRAPH_TOO_LARGE', {
        pointer: '',
        message: `The graph document has ${text.length} characters; at most ${MAX_GRAPH_CHARACTERS} are read.`,
        mend: 'Move large data out of the configuration of nodes, into files that they name.',
      }),
    ]);
  }
  if (text.trim() === '') {
    return refused([
      graphProblem('GRAPH_NOT_JSON', {
        pointer: '',
        message: 'The graph document is empty; it must be JSON.',
        mend: 'Start from an example graph.',
      }),
    ]);
  }
  const { fault, duplicates } = scanJson(text, MAX_GRAPH_DEPTH, MAX_GRAPH_PROBLEMS);
  const lines = new TextLines(text);
  if (fault !== undefined) {
    const position = lines.positionOf(fault.offset);
    const place = `line ${position.line}, column ${position.column}`;
    const problem =
      fault.kind === 'depth'
        ? tooDeep('')
        : graphProblem('GRAPH_NOT_JSON', {
            pointer: '',
            message: `The graph document is not JSON: at ${place}, ${fault.reason}.`,
            mend: 'Correct the text there.',
          });
    return refused([{ ...problem, ...position }]);
  }
  const repeated = duplicates.map(({ key, pointer, offset }) => ({
    ...graphProblem('GRAPH_DUPLICATE_KEY', {
      pointer,
      message: `The key ${JSON.stringify(key)} stands twice in the same object; only one of its values could be kept.`,
      mend: 'Rename or remove one of them.',
    }),
    ...lines.positionOf(offset),
  }));
  const { document, problems } = parseValue(JSON.parse(text));
  if (repeated.length === 0 && document !== undefined) return { document, problems };
  return refused([...repeated, ...withPositions(problems, text)]);
}

function parseValue(value: unknown): ParsedGraph {
  const unsafe = findUnsafe(value);
  if (unsafe !== undefined) return refused([unsafe]);
  const early = formatProblem(value) ?? sizeProblem(value);
  if (early !== undefined) return refused([early]);
  const current = migrateGraph(value);
  const result = GraphDocument.safeParse(current);
  if (result.success) return { document: result.data, problems: [] };
  return refused(issueProblems(current, result.error.issues));
}

function refused(problems: readonly Problem[]): ParsedGraph {
  return { problems: problems.slice(0, MAX_GRAPH_PROBLEMS) };
}

function tooDeep(pointer: string): Problem {
  return graphProblem('GRAPH_TOO_DEEP', {
    pointer,
    message: `The graph document nests objects and lists deeper than ${MAX_GRAPH_DEPTH} levels.`,
    mend: 'Flatten the configuration there.',
  });
}

/** What could harm whoever walks through the value: nesting without end, and the one key that is no plain key. */
function findUnsafe(root: unknown): Problem | undefined {
  const path: PathStep[] = [];
  const walk = (value: unknown): Problem | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (path.length >= MAX_GRAPH_DEPTH) return tooDeep(jsonPointer(path.slice(0, 8)));
    const steps: Iterable<PathStep> = Array.isArray(value) ? value.keys() : Object.keys(value);
    for (const key of steps) {
      path.push(key);
      const found = key === '__proto__' ? unsafeKey(path) : walk(Reflect.get(value, key));
      if (found !== undefined) return found;
      path.pop();
    }
    return undefined;
  };
  return walk(root);
}

function unsafeKey(path: readonly PathStep[]): Problem {
  return graphProblem('GRAPH_NAME_INVALID', {
    pointer: jsonPointer(path),
    message: '"__proto__" cannot be used as a name: JavaScript gives it a meaning of its own.',
    mend: 'Rename it.',
  });
}

function formatProblem(value: unknown): Problem | undefined {
  const format = valueAt(value, ['kinegraph']);
  if (typeof format !== 'number' || !Number.isInteger(format) || format <= GRAPH_FORMAT) return undefined;
  return graphProblem('GRAPH_FORMAT_NEWER', {
    pointer: '/kinegraph',
    message: `The graph document is written in format ${format}, but this version of Kinegraph reads formats up to ${GRAPH_FORMAT}.`,
    mend: 'Install a newer version of Kinegraph.',
  });
}

/** What there may be so many of. */
const SIZES = [
  ['nodes', MAX_GRAPH_NODES],
  ['wires', MAX_GRAPH_WIRES],
  ['comments', MAX_GRAPH_ANNOTATIONS],
  ['groups', MAX_GRAPH_ANNOTATIONS],
] as const;

function sizeProblem(value: unknown): Problem | undefined {
  for (const [part, most] of SIZES) {
    const things = valueAt(value, [part]);
    const count = typeof things === 'object' && things !== null ? Object.keys(things).length : 0;
    if (count > most) return tooMany(`/${part}`, count, part, most);
  }
  return undefined;
}

function tooMany(pointer: string, count: number, what: string, most: number): Problem {
  return graphProblem('GRAPH_TOO_LARGE', {
    pointer,
    message: `The graph has ${count} ${what}; at most ${most} are allowed.`,
    mend: 'Split it into several graphs.',
  });
}

const CODES: Readonly<Record<SchemaFault['kind'], GraphProblemCode>> = {
  invalid: 'GRAPH_FIELD_INVALID',
  missing: 'GRAPH_FIELD_MISSING',
  'unknown-key': 'GRAPH_FIELD_UNKNOWN',
  'invalid-key': 'GRAPH_NAME_INVALID',
};

let documentSchema: JsonSchema | undefined;

function issueProblems(value: unknown, issues: readonly z.core.$ZodIssue[]): Problem[] {
  documentSchema ??= nodeConfigSchema(GraphDocument);
  return schemaFaults(documentSchema, value, issues, 'The graph document').map((fault) => {
    const [list, item] = fault.path;
    return graphProblem(CODES[fault.kind], {
      pointer: jsonPointer(fault.path),
      mend: fault.mend,
      ...plainerWords(fault, value),
      ...(list === 'nodes' && typeof item === 'string' ? { node: item } : {}),
      ...(list === 'wires' && typeof item === 'number' ? wireAt(value, item) : {}),
    });
  });
}

const NAME_RULE = `names start with a lower-case letter, go on with letters, digits or dashes, and have at most ${MAX_NAME_LENGTH} characters`;

/** What the keys of parts name. */
const NAMED: Readonly<Record<string, string>> = { nodes: 'node', layout: 'node', comments: 'comment', groups: 'group' };

/** Names and wires in words of their own: their patterns would tell people little. */
function plainerWords({ kind, path, message }: SchemaFault, value: unknown): { message: string; mend?: string } {
  const [list, item] = path;
  const named = kind === 'invalid-key' ? NAMED[String(list)] : undefined;
  if (named !== undefined) {
    return { message: `${JSON.stringify(String(item))} cannot be the name of a ${named}: ${NAME_RULE}.` };
  }
  const met = valueAt(value, path);
  if (list === 'wires' && typeof item === 'number' && met !== undefined) {
    const isPort = path.length === 3;
    return {
      message: `"${fieldName(path)}" is ${showValue(met)}; allowed: ${isPort ? 'a port as "node.port"' : 'a list of two ports, ["node.output", "node.input"]'}.`,
      mend: isPort
        ? 'Write the name of the node, a dot, and the name of the port.'
        : 'Write the wire as ["node.output", "node.input"].',
    };
  }
  return { message };
}

function wireAt(value: unknown, index: number): { wire?: string } {
  const [from, to] = [valueAt(value, ['wires', index, 0]), valueAt(value, ['wires', index, 1])];
  return typeof from === 'string' && typeof to === 'string' ? { wire: `${from} > ${to}` } : {};
}
