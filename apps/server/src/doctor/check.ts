import type { LoadedConfig } from '../config/index.js';
import type { ExaminedServer } from './examined-server.js';
import type { Finding } from './finding.js';

/** The machine that is examined. */
export interface ExaminedMachine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The configuration, or why it cannot be used. */
  readonly configuration: { readonly loaded: LoadedConfig } | { readonly error: unknown };
}

interface CheckOf<Subject> {
  /** As it is listed: one or two words. */
  readonly name: string;
  /** How long it may take; left out: ten seconds. */
  readonly limitMs?: number;
  /**
   * Looks, and changes nothing that lasts. What it throws becomes a fault of its own.
   * @param signal - fires when its time is up, or nobody waits any more.
   */
  run(subject: Subject, signal: AbortSignal): Promise<readonly Finding[]>;
}

/** Looks at the machine; needs no configuration. */
export interface MachineCheck extends CheckOf<ExaminedMachine> {
  readonly of: 'machine';
}

/** Looks at what a configuration makes of the machine; passed over where the configuration cannot be used. */
export interface ServerCheck extends CheckOf<ExaminedServer> {
  readonly of: 'server';
}

/** One thing that `kinegraph doctor` looks at. */
export type Check = MachineCheck | ServerCheck;
