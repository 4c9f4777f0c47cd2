import { Frame, UncountedMemory } from '../../vision/index.js';
import type { FrameMemory } from '../../vision/index.js';
import type { LentFrame } from './protocol.js';

/**
 * One thread's side of lending frames to the other. The memory is shared and is not copied; the lender stays an owner
 * until the borrower gives the frame back. Memory that cannot be shared is copied by the message and needs no giving back.
 */
export class FrameExchange {
  readonly #lent = new Map<number, Frame>();
  #nextLoan = 1;
  #returned: number[] = [];

  /** @param returnLoans - sends loans back at once; called only outside of `collect`. */
  constructor(private readonly returnLoans: (loans: readonly number[]) => void) {}

  #collecting = 0;

  /** Frames that the other side still has. */
  get lentCount(): number {
    return this.#lent.size;
  }

  /** Replaces every frame in `value` by a handle that can be posted. Takes over the frames' ownership. */
  pack(value: unknown): unknown {
    return mapFrames(value, (candidate) => (candidate instanceof Frame ? this.#lend(candidate) : undefined));
  }

  /** Replaces every handle in a received `value` by a frame of one owner. */
  unpack(value: unknown): unknown {
    return mapFrames(value, (candidate) => (isLentFrame(candidate) ? this.#borrow(candidate) : undefined));
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

  #lend(frame: Frame): LentFrame {
    const bytes = frame.data;
    const { sequence, timestampMs, capturedAtMs, width, height, format } = frame;
    const info = { sequence, timestampMs, capturedAtMs, width, height, format };
    if (!isShared(bytes)) {
      frame.close(); // the message carries a copy
      return { kind: 'kinegraph.lent-frame', info, bytes };
    }
    const loan = this.#nextLoan;
    this.#nextLoan += 1;
    this.#lent.set(loan, frame);
    return { kind: 'kinegraph.lent-frame', info, bytes, loan };
  }

  #borrow(lent: LentFrame): Frame {
    if (lent.loan === undefined) return new Frame(lent.info, new UncountedMemory(lent.bytes));
    return new Frame(lent.info, new BorrowedMemory(lent.bytes, lent.loan, (loan) => this.#giveBack(loan)));
  }

  #giveBack(loan: number): void {
    if (this.#collecting > 0) this.#returned.push(loan);
    else this.returnLoans([loan]);
  }
}

/** Memory of the other thread; given back when its last owner here lets go. */
class BorrowedMemory implements FrameMemory {
  #owners = 1;
  constructor(
    readonly bytes: Uint8Array,
    private readonly loan: number,
    private readonly giveBack: (loan: number) => void,
  ) {}
  retain(): void {
    this.#owners += 1;
  }
  release(): void {
    this.#owners -= 1;
    if (this.#owners === 0) this.giveBack(this.loan);
  }
}

function isShared(bytes: Uint8Array): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
}

function isLentFrame(value: object): value is LentFrame {
  return 'kind' in value && value.kind === 'kinegraph.lent-frame';
}

/** Copies plain objects and arrays as far down as needed, with `replace` deciding for each object; undefined keeps it. */
function mapFrames(value: unknown, replace: (candidate: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const replacement = replace(value);
  if (replacement !== undefined) return replacement;
  if (Array.isArray(value)) return mapArray(value, replace);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value; // typed arrays, maps, dates: no frames inside
  return mapObject(value, replace);
}

function mapArray(array: readonly unknown[], replace: (candidate: object) => unknown): readonly unknown[] {
  if (typeof array[0] !== 'object') return array; // numbers and strings
  let changed = false;
  const mapped = array.map((item) => {
    const next = mapFrames(item, replace);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? mapped : array;
}

function mapObject(object: object, replace: (candidate: object) => unknown): object {
  let mapped: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(object)) {
    const next = mapFrames(item, replace);
    if (next === item) continue;
    mapped ??= { ...object };
    mapped[key] = next;
  }
  return mapped ?? object;
}
