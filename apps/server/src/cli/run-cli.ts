import { benchCommand } from '../commands/bench.js';
import { doctorCommand } from '../commands/doctor.js';
import { modelsCommand } from '../commands/models.js';
import { nodesCommand } from '../commands/nodes.js';
import { pluginsCommand } from '../commands/plugins.js';
import { recordingsCommand } from '../commands/recordings.js';
import { runCommand } from '../commands/run.js';
import { serveCommand } from '../commands/serve.js';
import { signsCommand } from '../commands/signs.js';
import { tokensCommand } from '../commands/tokens.js';
import { validateCommand } from '../commands/validate.js';
import { ConfigError } from '../config/index.js';
import { InputUnclearError } from '../graph-edits.js';
import { GraphFileError } from '../graph-file.js';
import type { Command, CommandCall } from './command.js';
import { Console } from './console.js';
import { EXIT_AT_ONCE, EXIT_BAD_USAGE, EXIT_DONE, EXIT_RUN_FAILED } from './exit-codes.js';
import { commandHelp, programHelp } from './help.js';
import { packageVersion } from '../package-version.js';
import { parseCall } from './parse-call.js';
import { reportError } from './report-error.js';
import { UsageError } from './usage-error.js';

const COMMANDS: readonly Command[] = [
  serveCommand,
  runCommand,
  benchCommand,
  validateCommand,
  nodesCommand,
  pluginsCommand,
  modelsCommand,
  recordingsCommand,
  signsCommand,
  tokensCommand,
  doctorCommand,
];

/** What is the caller's to mend. */
const BAD_USAGE = [UsageError, GraphFileError, ConfigError, InputUnclearError] as const;

/** Runs the command line. @returns the exit code */
export async function runCli(args: readonly string[]): Promise<number> {
  const console = new Console(process.stdout, process.stderr);
  const [name, ...rest] = args;
  const version = packageVersion();
  if (name === '--version' || name === '-v') {
    await console.print(version);
    return EXIT_DONE;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = COMMANDS.find((candidate) => candidate.name === rest[0]);
    await console.print(command === undefined ? programHelp(COMMANDS, version) : commandHelp(command));
    return name === undefined ? EXIT_BAD_USAGE : EXIT_DONE;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((candidate) => candidate.name).join(', ');
    reportError(
      console,
      new UsageError(`There is no command "${name}". Commands: ${names}. "kinegraph --help" tells more.`),
      false,
    );
    return EXIT_BAD_USAGE;
  }
  return await runCommandLine(command, rest, console);
}

async function runCommandLine(command: Command, args: readonly string[], console: Console): Promise<number> {
  using interrupts = new Interrupts();
  console.onOutClosed = () => interrupts.interrupt(); // nobody reads the results any more, as with "| head"
  const debug = args.includes('--debug');
  try {
    const parsed = parseCall(command, args, console, interrupts.signal);
    const call: CommandCall = { ...parsed, reportError: (error) => reportError(console, error, debug) };
    if (call.flag('help')) {
      await console.print(commandHelp(command));
      return EXIT_DONE;
    }
    return await command.run(call);
  } catch (error) {
    console.clearStatus();
    reportError(console, error, debug);
    const isUsage = BAD_USAGE.some((kind) => error instanceof kind);
    return isUsage ? EXIT_BAD_USAGE : EXIT_RUN_FAILED;
  }
}

/** The first Ctrl-C or SIGTERM asks for an end in order, the second one ends at once. */
class Interrupts implements Disposable {
  readonly #abort = new AbortController();
  readonly signal = this.#abort.signal;
  readonly #onSignal = (): void => {
    if (this.signal.aborted) process.exit(EXIT_AT_ONCE);
    this.#abort.abort();
  };

  interrupt(): void {
    this.#abort.abort();
  }

  constructor() {
    process.on('SIGINT', this.#onSignal);
    process.on('SIGTERM', this.#onSignal);
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onSignal);
    process.off('SIGTERM', this.#onSignal);
  }
}
