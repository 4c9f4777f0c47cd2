import type { Console } from './console.js';

/** One option of a command, as `--name value` or `--name`. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** Shown in the help for the value, for example `FILE`. */
  readonly value?: string;
  readonly description: string;
  /** The values that are allowed, where they are few. */
  readonly choices?: readonly string[];
}

/** What a command is called with, options checked for name, kind and choice. */
export interface CommandCall {
  readonly positionals: readonly string[];
  /** A text option's value, or undefined. */
  text(name: string): string | undefined;
  /** All values of an option that may be repeated. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  readonly console: Console;
  /** Tells what went wrong in one sentence; with --debug also where. */
  reportError(error: unknown): void;
  /** Fires at the first Ctrl-C or SIGTERM; the second one ends the process at once. */
  readonly interrupted: AbortSignal;
}

/** A command of `kinegraph`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as shown in the help: `GRAPH`, `[TYPE]`. A name in brackets may be left out. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** @returns the exit code. */
  run(call: CommandCall): Promise<number>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  plugin: {
    type: 'string',
    multiple: true,
    value: 'NAME|FOLDER',
    description: 'Load one more plugin; may be repeated.',
  },
  debug: { type: 'boolean', description: 'Show stack traces and debug messages.' },
  help: { type: 'boolean', short: 'h', description: 'Show this help.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;
