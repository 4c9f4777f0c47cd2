import type { ErrorRecord, LogFields, LogLevel } from '../../base/index.js';
import type { NodeIdentity, PortTypes, Trace, ValuePacket } from '../../kinds/index.js';
import type { WorkerTimes } from '../traces/worker-trace.js';
import type { OwnFiguresNews } from './own-figures-post.js';
import type { AnsweringKind } from '../instances/local-instance.js';
import type { ArenaRegion, FrameInfo, Skeleton } from '../../vision/index.js';

/** A frame on its way to another thread: its memory is shared, so only the handle travels. */
export interface LentFrame {
  readonly kind: 'kinegraph.lent-frame';
  readonly info: FrameInfo;
  /** The bytes, or where they lie in the arena that both threads see. */
  readonly bytes: Uint8Array | ArenaRegion;
  /** The lender's number for it, to be given back; absent where the bytes are a copy that nobody waits for. */
  readonly loan?: number;
}

/** A borrowed frame that goes back to its lender as (part of) an answer. */
export interface ReturnedFrame {
  readonly kind: 'kinegraph.returned-frame';
  readonly info: FrameInfo;
  /** The lender's number for it. */
  readonly loan: number;
  /** True while the borrower has another owner of it: the loan goes on. */
  readonly keeps: boolean;
}

/** A window of packets, whose class cannot travel. */
export interface PackedWindow {
  readonly kind: 'kinegraph.window';
  readonly packets: readonly ValuePacket[];
}

/** Which node a worker is to run. */
export interface WorkerNodeSpec {
  /** The plugin as plain data; what it looks like is between the plugin host and the platform's worker entry. */
  readonly plugin: unknown;
  readonly pluginConfiguration: Readonly<Record<string, unknown>>;
  readonly identity: NodeIdentity;
  readonly nodeKind: AnsweringKind;
  readonly config: unknown;
  readonly portTypes: PortTypes;
  /** Those of its graph, of the core and of all plugins. */
  readonly skeletons: readonly Skeleton[];
  /** Folder that relative paths of the configuration refer to. */
  readonly baseFolder: string;
  /** True where the node calls into native code: ending its worker in the middle of that would abort the process. */
  readonly isNative: boolean;
}

/** What is asked of a worker; every request with a `call` is answered with the same number. */
export type WorkerRequest =
  | { readonly kind: 'open'; readonly call: number }
  | {
      readonly kind: 'invoke';
      readonly call: number;
      readonly value: unknown;
      readonly timestampMs: number;
      readonly trace: Trace;
      /** The answer tells when the worker worked. */
      readonly timed?: true;
    }
  | { readonly kind: 'reconfigure'; readonly call: number; readonly config: unknown }
  | { readonly kind: 'flush'; readonly call: number }
  | { readonly kind: 'close'; readonly call: number }
  | { readonly kind: 'abort' }
  | { readonly kind: 'give-back'; readonly loans: readonly number[] };

/** What a worker says. `loans` are frames lent to it that it no longer needs. */
export type WorkerReport =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'answer';
      readonly call: number;
      readonly value: unknown;
      readonly loans: readonly number[];
      readonly times?: WorkerTimes;
    }
  | {
      readonly kind: 'fault';
      readonly call: number;
      readonly error: ErrorRecord;
      readonly loans: readonly number[];
      readonly times?: WorkerTimes;
    }
  | { readonly kind: 'give-back'; readonly loans: readonly number[] }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  | { readonly kind: 'drop'; readonly cause: string; readonly count: number }
  | ({ readonly kind: 'figures' } & OwnFiguresNews);

/**
 * True for a message that the worker's host may have sent. Code of a plugin can post whatever it likes from there, and must
 * not bring down the main thread by it.
 */
export function isWorkerReport(message: unknown): message is WorkerReport {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const report = message as Partial<Record<string, unknown>>;
  const hasLoans = Array.isArray(report['loans']);
  switch (report['kind']) {
    case 'ready':
      return true;
    case 'answer':
      return typeof report['call'] === 'number' && hasLoans;
    case 'fault':
      return typeof report['call'] === 'number' && hasLoans && typeof report['error'] === 'object';
    case 'give-back':
      return hasLoans;
    case 'log':
      return typeof report['level'] === 'string' && typeof report['message'] === 'string';
    case 'drop':
      return typeof report['cause'] === 'string' && typeof report['count'] === 'number';
    case 'figures':
      return report['counted'] instanceof Map && report['gauges'] instanceof Map;
    default:
      return false;
  }
}

/** One thread's end of the connection to the other. */
export interface MessageEndpoint<Send, Receive> {
  post(message: Send): void;
  /** Set once by whoever listens. */
  onMessage: (message: Receive) => void;
}

/** The main thread's handle on a worker. */
export interface WorkerHandle extends MessageEndpoint<WorkerRequest, WorkerReport> {
  /** Settles when the worker is gone, with the reason where it went by itself. Never rejects. */
  readonly exited: Promise<Error | undefined>;
  /** Ends the worker where it stands. Only safe where no native call is under way. */
  terminate(): Promise<void>;
  /** Leaves the worker to itself; what it says is still heard. The process must not end before it, where it has a choice. */
  abandon(): void;
}
