import type { CreateRunOptions } from '@kinegraph/core';
import { TraceFile } from '@kinegraph/core/node';
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
      const { events, bytes, lost, fault } = await writer.close();
      const { console } = call;
      if (fault !== undefined) console.tell(fault.message);
      else
        console.tell(`Trace: ${path}, ${events} events, ${megabytes(bytes)} MB. Open it in https://ui.perfetto.dev.`);
      if (lost > 0)
        console.tell(`${lost} events at its end are missing: trace a shorter time, with --duration or --seconds.`);
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
