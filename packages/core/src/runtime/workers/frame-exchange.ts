import { WindowSnapshot } from '../../nodes/index.js';
import type { ValuePacket } from '../../kinds/index.js';
import { Frame, UncountedMemory, untracked } from '../../vision/index.js';
import type { ArenaRegion, FrameInfo, FrameMemory, SharedArena } from '../../vision/index.js';
import type { LentFrame, PackedWindow, ReturnedFrame } from './protocol.js';

const WINDOW = 'kinegraph.window' satisfies PackedWindow['kind'];

/** A value that is ready to be posted. */
export interface Packed {
  readonly value: unknown;
  /** Its message could not be posted: everything in it is given up. */
  undo(): void;
}

/**
 * One thread's side of lending frames to the other. The memory is shared and is not copied; the lender stays an owner
 * until the borrower gives the frame back. A borrowed frame that goes back as (part of) an answer is the lender's own
 * again. Memory that cannot be shared is copied by the message and needs no giving back.
 */
export class FrameExchange {
  readonly #lent = new Map<number, Frame>();
  #nextLoan = 1;
  #returned: number[] = [];
  #collecting = 0;

  /**
   * @param returnLoans - sends loans back at once; called only outside of `collect`.
   * @param arena - the arena that both threads see, if any: frames in it travel as their place, so that the pixel kernel
   *   over there knows them again.
   * @param track - in development: makes the owners of borrowed memory known.
   */
  constructor(
    private readonly returnLoans: (loans: readonly number[]) => void,
    private readonly arena?: SharedArena,
    private readonly track: (memory: FrameMemory) => FrameMemory = (memory) => memory,
  ) {}

  /** Frames that the other side still has. */
  get lentCount(): number {
    return this.#lent.size;
  }

  /**
   * Replaces every frame in `value` by a handle that can be posted: one that occurs twice by one handle, twice. Takes over the
   * frames' ownership.
   * @throws FrameClosedError
   */
  pack(value: unknown): Packed {
    const undos: (() => void)[] = [];
    const packOne: Replace = once((candidate) => {
      if (candidate instanceof Frame) return this.#send(candidate, undos);
      if (!(candidate instanceof WindowSnapshot)) return undefined;
      return { kind: WINDOW, packets: mapArray(candidate.packets, packOne) };
    });
    const undo = (): void => {
      for (const step of undos.splice(0)) step();
    };
    try {
      return { value: mapFrames(value, packOne), undo };
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Replaces every handle in a received `value` by a frame of one owner, wherever it occurs. Call it before `takeBack` with the same message. */
  unpack(value: unknown): unknown {
    const unpackOne: Replace = once((candidate) => {
      if (!('kind' in candidate)) return undefined;
      if (isLentFrame(candidate)) return this.#borrow(candidate);
      if (isReturnedFrame(candidate)) return this.#receiveBack(candidate);
      if (isPackedWindow(candidate))
        return new WindowSnapshot(mapArray(candidate.packets, unpackOne) as readonly ValuePacket[]);
      return undefined;
    });
    return mapFrames(value, unpackOne);
  }

  /** The other side no longer needs these. */
  takeBack(loans: readonly number[]): void {
    for (const loan of loans) {
      this.#lent.get(loan)?.close();
      this.#lent.delete(loan);
    }
  }

  /** From now until `collected()`, loans to return are kept, to ride along with an answer. Nests. */
  collect(): void {
    this.#collecting += 1;
  }

  collected(): readonly number[] {
    this.#collecting -= 1;
    const loans = this.#returned;
    this.#returned = [];
    return loans;
  }

  /** The other side is gone: everything lent comes back. */
  close(): void {
    this.takeBack([...this.#lent.keys()]);
  }

  #send(frame: Frame, undos: (() => void)[]): LentFrame | ReturnedFrame {
    const memory = untracked(frame.memory); // throws where the frame is closed
    if (memory instanceof BorrowedMemory && memory.lender === this) return this.#sendBack(frame, memory, undos);
    const info = infoOf(frame);
    const { bytes } = memory;
    if (!isShared(bytes)) {
      frame.close(); // the message carries a copy
      return { kind: 'kinegraph.lent-frame', info, bytes };
    }
    const loan = this.#nextLoan;
    this.#nextLoan += 1;
    this.#lent.set(loan, frame);
    undos.push(() => this.takeBack([loan]));
    return { kind: 'kinegraph.lent-frame', info, bytes: this.#placeOf(bytes) ?? bytes, loan };
  }

  #placeOf(bytes: Uint8Array): ArenaRegion | undefined {
    const offset = this.arena?.offsetOf(bytes);
    return offset === undefined ? undefined : { offset, byteLength: bytes.byteLength };
  }

  #sendBack(frame: Frame, memory: BorrowedMemory, undos: (() => void)[]): ReturnedFrame {
    const info = infoOf(frame);
    const keeps = memory.owners > 1; // somebody here has a clone: the loan goes on until that is closed
    if (!keeps) memory.settled = true;
    frame.close();
    if (!keeps) undos.push(() => this.#giveBack(memory.loan));
    return { kind: 'kinegraph.returned-frame', info, loan: memory.loan, keeps };
  }

  #borrow(lent: LentFrame): Frame {
    const bytes = this.#bytesOf(lent);
    if (lent.loan === undefined) return new Frame(lent.info, new UncountedMemory(bytes));
    const memory = new BorrowedMemory(bytes, lent.loan, this, (loan) => this.#giveBack(loan));
    return new Frame(lent.info, this.track(memory));
  }

  #bytesOf({ bytes }: LentFrame): Uint8Array {
    if (bytes instanceof Uint8Array) return bytes;
    if (this.arena === undefined)
      throw new TypeError('A frame came as a place in an arena that this thread was not given.');
    return this.arena.bytesAt(bytes.offset, bytes.byteLength);
  }

  /** Undefined where everything lent was taken back before: nobody waits for the answer then. */
  #receiveBack(returned: ReturnedFrame): Frame | undefined {
    const own = this.#lent.get(returned.loan);
    if (own === undefined) return undefined;
    const { memory } = own;
    memory.retain();
    if (!returned.keeps) this.takeBack([returned.loan]);
    return new Frame(returned.info, memory);
  }

  #giveBack(loan: number): void {
    if (this.#collecting > 0) this.#returned.push(loan);
    else this.returnLoans([loan]);
  }
}

/** Memory of the other thread; given back when its last owner here lets go. */
class BorrowedMemory implements FrameMemory {
  owners = 1;
  /** True once the loan went back with an answer. */
  settled = false;

  constructor(
    readonly bytes: Uint8Array,
    readonly loan: number,
    readonly lender: FrameExchange,
    private readonly giveBack: (loan: number) => void,
  ) {}
  retain(): void {
    this.owners += 1;
  }
  release(): void {
    this.owners -= 1;
    if (this.owners === 0 && !this.settled) this.giveBack(this.loan);
  }
}

function infoOf({ sequence, timestampMs, capturedAtMs, width, height, format }: Frame): FrameInfo {
  return { sequence, timestampMs, capturedAtMs, width, height, format };
}

function isShared(bytes: Uint8Array): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
}

function isLentFrame(value: { kind: unknown }): value is LentFrame {
  return value.kind === 'kinegraph.lent-frame';
}

function isReturnedFrame(value: { kind: unknown }): value is ReturnedFrame {
  return value.kind === 'kinegraph.returned-frame';
}

function isPackedWindow(value: { kind: unknown }): value is PackedWindow {
  return value.kind === WINDOW;
}

/** What takes the place of an object; undefined keeps it. */
type Replace = (candidate: object) => unknown;

/**
 * What occurs twice is replaced by one thing twice, as a message's objects are: a frame has one owner, and is lent once,
 * however often it occurs.
 */
function once(replace: Replace): Replace {
  const replaced = new Map<object, unknown>();
  return (candidate) => {
    const known = replaced.get(candidate);
    if (known !== undefined) return known;
    const replacement = replace(candidate);
    if (replacement !== undefined) replaced.set(candidate, replacement);
    return replacement;
  };
}

/** Copies plain objects and arrays as far down as needed, with `replace` deciding for each object. */
function mapFrames(value: unknown, replace: Replace): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const replacement = replace(value);
  if (replacement !== undefined) return replacement;
  if (Array.isArray(value)) return mapArray(value, replace);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value; // typed arrays, maps, dates: no frames inside
  return mapObject(value, replace);
}

function mapArray(array: readonly unknown[], replace: Replace): readonly unknown[] {
  let mapped: unknown[] | undefined;
  for (const [index, item] of array.entries()) {
    if (typeof item !== 'object') continue; // long arrays are of numbers, mostly
    const next = mapFrames(item, replace);
    if (next === item) continue;
    mapped ??= [...array];
    mapped[index] = next;
  }
  return mapped ?? array;
}

function mapObject(object: object, replace: Replace): object {
  let mapped: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(object)) {
    const next = mapFrames(item, replace);
    if (next === item) continue;
    mapped ??= { ...object };
    mapped[key] = next;
  }
  return mapped ?? object;
}
