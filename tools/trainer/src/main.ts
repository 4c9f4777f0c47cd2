import { gflops } from './commands/gflops.js';
import type { Command } from './commands/command.js';
import { lifts } from './commands/lifts.js';
import { signs } from './commands/signs.js';
import { TrainerError } from './errors.js';

const COMMANDS: Readonly<Record<string, Command>> = { gflops, lifts, signs };

/** Runs one command; resolves to the exit code: 0 done, 1 failed, 2 a command or option that there is not. */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(([each, { title }]) => `  ${each.padEnd(12)}${title}\n`);
    process.stdout.write(`node tools/trainer/dist/main.js COMMAND\n\n${lines.join('')}`);
    return name === '' || name === '--help' ? 0 : 2;
  }
  const controller = new AbortController();
  const stop = (): void => controller.abort(new TrainerError('TRAINER_STOPPED', 'Stopped; nothing was written.'));
  process.once('SIGINT', stop);
  try {
    await command.run(args, controller.signal);
    return 0;
  } catch (error) {
    if (!(error instanceof TrainerError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'TRAINER_BAD_OPTION' ? 2 : 1;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

process.exitCode = await main(process.argv.slice(2));
