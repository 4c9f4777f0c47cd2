import { parseOptions, USAGE } from './cli/options.js';
import { writeRecording } from './cli/write-recording.js';
import { SignerError } from './errors.js';

/** Runs the command line; resolves to the exit code: 0 done, 1 failed, 2 a bad option. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (!options) {
      process.stdout.write(USAGE);
      return 0;
    }
    const { files } = await writeRecording(options, showProgress);
    process.stdout.write(`${process.stderr.isTTY ? '\n' : ''}Wrote ${files.join(' and ')}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SignerError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'SIGNER_BAD_OPTION' ? 2 : 1;
  }
}

function showProgress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rFrame ${done} of ${total}`);
}

process.exitCode = await main(process.argv.slice(2));
