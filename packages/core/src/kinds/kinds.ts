import type { Awaitable } from '../base/index.js';
import type { Frame, Timed } from '../vision/index.js';
import type { Packet, Trace, ValuePacket } from './packet.js';

/** What a node type is. */
export const NODE_KINDS = ['source', 'buffer', 'transform', 'extractor', 'smoother', 'classifier', 'sink'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** What a node may know about the packet at hand besides its value. */
export interface ProcessInfo {
  readonly timestampMs: number;
  readonly trace: Trace;
  /** Fires when the run no longer waits for the answer. */
  readonly signal: AbortSignal;
}

/** The part of life that all kinds share. All are optional. */
export interface NodeLifecycle {
  /** Loads and connects; the run starts when every node is open. Throw to fail the start with your sentence. */
  open?(signal: AbortSignal): Awaitable<void>;
  /** A live key has changed. True: taken over. False: restart me. */
  reconfigure?(config: unknown): Awaitable<boolean>;
  /** Releases everything; called once, also after a failed `open`, never while another call is under way. */
  close?(): Awaitable<void>;
}

/**
 * Brings frames into the graph, or anything else with a place in a stream: objects that know it themselves, or any value in a
 * `StreamItem`.
 */
export interface FrameSource<Out extends Timed = Frame> extends NodeLifecycle {
  /**
   * The next item, whose ownership goes to the caller; undefined at the end of the stream. Called again only after the
   * last answer. Must settle soon after `signal` fires (undefined or AbortedError).
   */
  read(signal: AbortSignal): Awaitable<Out | undefined>;
  /**
   * Of a live source that things come to: gives each as it comes, with its ownership, and is read for its end alone, which
   * saves a promise for each. Called once, before the first `read`; not where the source is not declared live, nor in workers.
   */
  feed?(give: (item: Out) => void): void;
  /** What to add to `capturedAtMs` to get the run's clock. Left out: 0, the source stamps with the run's clock. */
  readonly clockOffsetMs?: number;
}

/** What a buffer is told when a packet comes in. */
export interface PushContext {
  /** Run clock. */
  readonly nowMs: number;
  /** True when every consumer of the buffer would take a packet right now. */
  readonly consumerReady: boolean;
}

/** Stores packets between a producer and slower consumers; decides what happens when both do not keep pace. */
export interface PacketBuffer<In = unknown, Out = In> extends NodeLifecycle {
  /** False makes the producer wait. Asked before every push. */
  readonly accepting: boolean;
  /** Packets that wait to be handed over. */
  readonly size: number;
  /** Takes over the packet, value or skip. What the buffer lets go it closes, and counts by `NodeMetrics.drop(cause)`. */
  push(packet: Packet<In>, context: PushContext): void;
  /** The next packet to hand over, with its ownership; undefined when there is none now. */
  take(nowMs: number): Packet<Out> | undefined;
  /** The producer has ended: what is still wanted stays to be taken. */
  end?(): void;
  /** Closes all that waits. */
  clear(): void;
}

/**
 * Makes one value of another. A node type with one input gets the value itself, one with several gets an object by port
 * name (optional ports that are not wired are left out). The same holds for outputs: a value, or an object by port name.
 * Inputs stay the caller's; an answer that *is* the input passes its ownership on. Undefined means nothing for this timestamp.
 */
export interface Transform<In = unknown, Out = unknown> extends NodeLifecycle {
  transform(input: In, info: ProcessInfo): Awaitable<Out | undefined>;
}

/** Finds landmarks or features in frames. */
export interface Extractor<Out = unknown> extends NodeLifecycle {
  /** @param frame - read only and still owned by the caller; clone it to keep it. */
  extract(frame: Frame, info: ProcessInfo): Awaitable<Out | undefined>;
}

/** Steadies values over time, with state for each track. */
export interface Smoother<T = unknown> extends NodeLifecycle {
  smooth(value: T, info: ProcessInfo): Awaitable<T | undefined>;
}

/** Names what a window of values shows. */
export interface Classifier<In = unknown, Out = unknown> extends NodeLifecycle {
  classify(window: In, info: ProcessInfo): Awaitable<Out | undefined>;
}

/** Takes values out of the graph. */
export interface Sink<In = unknown> extends NodeLifecycle {
  write(value: In, info: ProcessInfo): Awaitable<void>;
  /** Everything written so far reaches its goal. Called in the shutdown's phase `flushSinks`. */
  flush?(): Awaitable<void>;
}

/** A snapshot of several packets; the value of ports `window<...>`. Its frames are owned with it. */
export interface PacketWindow<T = unknown> {
  /** Oldest first. */
  readonly packets: readonly ValuePacket<T>[];
  readonly startMs: number;
  readonly endMs: number;
  clone(): PacketWindow<T>;
  close(): void;
}

/** A class that the container builds: its constructor parameters name their services with `@inject`. */
export type NodeClass = new (...services: never[]) => object;
