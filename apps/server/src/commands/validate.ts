import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_BAD_USAGE, EXIT_DONE } from '../cli/exit-codes.js';
import { openPlatform } from '../platform.js';
import { loadGraphFile } from '../graph-file.js';
import { problemLines } from '../output/problem-lines.js';

/** Tells every fault of a graph document without running it. */
export const validateCommand: Command = {
  name: 'validate',
  summary: 'Check a graph document and tell every fault with its mend.',
  positionals: ['GRAPH'],
  options: { json: { type: 'boolean', description: 'Print the problems as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
    });
    const { problems } = await loadGraphFile(call.positionals[0] ?? '', platform.host);
    const errors = problems.filter((problem) => problem.severity === 'error');
    if (call.flag('json')) await call.console.print(JSON.stringify(problems, null, 2));
    else {
      for (const line of problemLines(problems)) await call.console.print(line);
      await call.console.print(verdict(errors.length, problems.length - errors.length));
    }
    return errors.length === 0 ? EXIT_DONE : EXIT_BAD_USAGE;
  },
};

function verdict(errors: number, warnings: number): string {
  if (errors === 0 && warnings === 0) return 'The graph is valid.';
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  return errors === 0
    ? `The graph is valid, with ${count(warnings, 'warning')}.`
    : `The graph is not valid: ${count(errors, 'error')}, ${count(warnings, 'warning')}.`;
}
