import { COMMON_OPTIONS } from './command.js';
import type { Command, OptionSpec } from './command.js';

/** The help of the whole program. */
export function programHelp(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => signature(command).length));
  return [
    `kinegraph ${version}: live vision pipelines of plugins`,
    '',
    'Usage: kinegraph COMMAND [OPTIONS]',
    '',
    ...commands.map((command) => `  ${signature(command).padEnd(width)}   ${command.summary}`),
    '',
    'kinegraph COMMAND --help tells more. Exit codes: 0 done, 1 run failed, 2 bad usage or invalid graph.',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries<OptionSpec>({ ...command.options, ...COMMON_OPTIONS }).map(([name, spec]) => ({
    flag: `${spec.short === undefined ? '' : `-${spec.short}, `}--${name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
    spec,
  }));
  const width = Math.max(...options.map(({ flag }) => flag.length));
  return [
    `Usage: kinegraph ${signature(command)} [OPTIONS]`,
    '',
    command.summary,
    '',
    ...options.map(({ flag, spec }) => `  ${flag.padEnd(width)}   ${spec.description}`),
  ].join('\n');
}

function signature(command: Command): string {
  return [command.name, ...command.positionals].join(' ');
}
