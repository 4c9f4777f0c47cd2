import { Frame } from '../vision/index.js';

/** Where a packet comes from; rides along unchanged from the source to every sink. */
export interface Trace {
  /** The source node's name. */
  readonly source: string;
  /** The sender's count and capture clock, untouched. */
  readonly sequence: number;
  readonly capturedAtMs: number;
  /** What to add to the sender's clock to get the run's; 0 for sources of this process. */
  readonly clockOffsetMs: number;
}

interface PacketBase {
  /** Strictly increasing within a source. */
  readonly timestampMs: number;
  readonly trace: Trace;
}

/** What travels on a wire. */
export interface ValuePacket<T = unknown> extends PacketBase {
  readonly skip: false;
  readonly value: T;
}

/** "Nothing at this timestamp": travels on so that joins never wait for what will not come. */
export interface SkipPacket extends PacketBase {
  readonly skip: true;
  readonly value: undefined;
}

export type Packet<T = unknown> = ValuePacket<T> | SkipPacket;

export function valuePacket<T>(timestampMs: number, trace: Trace, value: T): ValuePacket<T> {
  return { timestampMs, trace, skip: false, value };
}

export function skipPacket(timestampMs: number, trace: Trace): SkipPacket {
  return { timestampMs, trace, skip: true, value: undefined };
}

/** Time from capture to `nowMs` (run clock), in milliseconds. */
export function ageMs(trace: Trace, nowMs: number): number {
  return nowMs - (trace.capturedAtMs + trace.clockOffsetMs);
}

/**
 * A value that has owners, as frames do: every consumer gets a clone and closes it once. All other values are shared and
 * must never be changed after they were handed over.
 */
export interface OwnedValue {
  clone(): OwnedValue;
  close(): void;
}

function isOwned(value: unknown): value is OwnedValue {
  if (value instanceof Frame) return true; // the usual case, told without looking at properties
  return (
    typeof value === 'object' &&
    value !== null &&
    'clone' in value &&
    'close' in value &&
    typeof value.clone === 'function' &&
    typeof value.close === 'function'
  );
}

/** A second owner of `value`: a clone where it has owners, else the value itself. */
export function cloneValue<T>(value: T): T {
  return isOwned(value) ? (value.clone() as T) : value;
}

/** Gives up one ownership of `value`. */
export function closeValue(value: unknown): void {
  if (isOwned(value)) value.close();
}

function isByPort(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return !isOwned(value);
}

/** What a node is called with, or answers, as values: those of a plain object by port name, or the value itself. */
export function valuesOf(value: unknown): readonly unknown[] {
  return isByPort(value) ? Object.values(value) : [value];
}

/** Second owners of all that `valuesOf` tells, in the same form. */
export function cloneValues(value: unknown): unknown {
  if (!isByPort(value)) return cloneValue(value);
  return Object.fromEntries(Object.entries(value).map(([port, item]) => [port, cloneValue(item)]));
}

/** A second packet with its own ownership of the value. */
export function clonePacket(packet: Packet): Packet {
  if (packet.skip) return packet;
  const value = cloneValue(packet.value);
  return value === packet.value ? packet : valuePacket(packet.timestampMs, packet.trace, value);
}

/** Gives up the packet's ownership of its value. */
export function closePacket(packet: Packet): void {
  closeValue(packet.value);
}
