import { parseArgs } from 'node:util';
import { COMMON_OPTIONS } from './command.js';
import type { Command, CommandCall, OptionSpec } from './command.js';
import type { Console } from './console.js';
import { UsageError } from './usage-error.js';

/** Reads a command's arguments. @throws UsageError with the sentence to show */
export function parseCall(
  command: Command,
  args: readonly string[],
  console: Console,
  interrupted: AbortSignal,
): Omit<CommandCall, 'reportError'> {
  const specs: Readonly<Record<string, OptionSpec>> = { ...command.options, ...COMMON_OPTIONS };
  const { values, positionals } = parse(command, args, specs);
  for (const [name, spec] of Object.entries(specs)) {
    for (const value of asList(values[name])) {
      if (spec.choices !== undefined && typeof value === 'string' && !spec.choices.includes(value)) {
        throw new UsageError(`--${name} is "${value}"; allowed: ${spec.choices.join(', ')}.`, {
          command: command.name,
        });
      }
    }
  }
  const isHelp = values['help'] === true;
  if (!isHelp) checkPositionals(command, positionals);
  return {
    positionals,
    text: (name) => asTexts(values[name])[0],
    texts: (name) => asTexts(values[name]),
    flag: (name) => values[name] === true,
    console,
    interrupted,
  };
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(
  command: Command,
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
): { values: Values; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple, short }]) => [
      name,
      { type, ...(multiple === undefined ? {} : { multiple }), ...(short === undefined ? {} : { short }) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's sentences name the option and are good; only their hint about "--" is of no use here.
    const sentence = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    const known = Object.keys(specs).map((name) => `--${name}`);
    throw new UsageError(`${sentence}. Options of "${command.name}": ${known.join(', ')}.`, { command: command.name });
  }
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const required = command.positionals.filter((name) => !name.startsWith('['));
  const missing = required[positionals.length];
  if (missing !== undefined) {
    throw new UsageError(`"kinegraph ${command.name}" needs ${missing}.`, { command: command.name });
  }
  const extra = positionals[command.positionals.length];
  if (extra !== undefined && !command.positionals.some((name) => name.includes('...'))) {
    throw new UsageError(`"kinegraph ${command.name}" does not know what to do with "${extra}".`, {
      command: command.name,
    });
  }
}

function asList(value: Values[string]): readonly (string | boolean)[] {
  if (value === undefined) return [];
  return typeof value === 'string' || typeof value === 'boolean' ? [value] : value;
}

function asTexts(value: Values[string]): readonly string[] {
  return asList(value).filter((item) => typeof item === 'string');
}
