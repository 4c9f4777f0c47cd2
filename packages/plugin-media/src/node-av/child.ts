/* oxlint-disable unicorn/no-process-exit -- The entry of a process of its own: nothing may keep it alive when it is done. */
/**
 * The decoder's process: started by `NodeAvDriver`, given a job as JSON in its environment. Writes the records of
 * `frame-protocol.ts` to standard output and FFmpeg's complaints to standard error.
 */
import { encodeNote } from '../decoder/frame-record.js';
import { complain, writeBlocking } from './blocking-output.js';
import { ChildFault, ChildFaultError, JOB_VARIABLE } from './decode-job.js';
import type { DecodeJob } from './decode-job.js';

// The parent holds the other end of standard input. When it dies, however it dies, this process must not stay behind, even
// with a call into the library under way; nothing less than SIGKILL leaves without running the library's destructors.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();

async function main(): Promise<void> {
  const job = JSON.parse(process.env[JOB_VARIABLE] ?? '') as DecodeJob; // written by our own parent
  const { decodeFile, decodeLive } = await loadLibrary();
  await (job.kind === 'file' ? decodeFile(job) : decodeLive(job));
}

/** Everything that imports `node-av`, which may be missing. */
async function loadLibrary() {
  try {
    const [{ Log }, { AV_LOG_WARNING }] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
    Log.setLevel(AV_LOG_WARNING);
    const [{ decodeFile }, { decodeLive }] = await Promise.all([
      import('./decode-file.js'),
      import('./decode-live.js'),
    ]);
    return { decodeFile, decodeLive };
  } catch (error) {
    throw new ChildFaultError(ChildFault.noPackage, error instanceof Error ? error.message : String(error));
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0); // the parent wants no more
  const fault = error instanceof ChildFaultError ? error.fault : ChildFault.failed;
  const detail = error instanceof Error ? error.message : String(error);
  complain(detail);
  writeBlocking(encodeNote({ type: 'fault', code: fault, detail: detail.slice(0, 2000) }));
  process.exit(1);
}
