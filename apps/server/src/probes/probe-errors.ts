import { KinegraphError } from '@kinegraph/core';

/** The node is there, and has no such output. */
export class OutputUnknownError extends KinegraphError {
  override readonly name = 'OutputUnknownError';
  readonly code = 'SERVER_OUTPUT_UNKNOWN';
  constructor(override readonly data: { run: string; node: string; port: string; ports: readonly string[] }) {
    const others = data.ports.length === 0 ? 'It has none.' : `It has: ${data.ports.join(', ')}.`;
    super(`Node "${data.node}" of run "${data.run}" has no output "${data.port}". ${others}`);
  }
}
