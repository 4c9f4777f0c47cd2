import type { CreateRunOptions } from '@kinegraph/core';
import { TraceFile } from '@kinegraph/core/node';
import type { TraceSummary } from '@kinegraph/core/node';
import type { CommandCall } from './cli/command.js';

/** What `--trace` asks for. */
export interface TraceOption extends AsyncDisposable {
  /** For `createRun`: nothing where no trace was asked for. */
  of(title: string): Pick<CreateRunOptions, 'trace'>;
}

/** Opens the file that `--trace` names; disposing closes it and tells where it is. @throws TraceFileError */
export function openTrace(call: CommandCall): TraceOption {
  const path = call.text('trace');
  if (path === undefined) return { of: () => ({}), [Symbol.asyncDispose]: () => Promise.resolve() };
  const writer = new TraceFile(path);
  return {
    of: (title) => ({ trace: { writer, title } }),
    async [Symbol.asyncDispose](): Promise<void> {
      const summary = await writer.close();
      const { events, bytes, fault } = summary;
      const { console } = call;
      if (fault !== undefined) console.tell(fault.message);
      else
        console.tell(`Trace: ${path}, ${events} events, ${megabytes(bytes)} MB. Open it in https://ui.perfetto.dev.`);
      const missing = missingLine(summary);
      if (missing !== undefined) console.tell(missing);
    },
  };
}

/** What is missing in a trace, and what to do about it; nothing where it is whole, or where its fault tells. */
export function missingLine({ lost, isFull, fault }: TraceSummary): string | undefined {
  if (lost === 0 || fault !== undefined) return undefined;
  return isFull
    ? `${lost} events at its end are missing: trace a shorter time, with --duration or --seconds.`
    : `${lost} events here and there are missing, since the disk is too slow for them: trace to another one.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
