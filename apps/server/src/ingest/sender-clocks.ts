import { injectable } from 'inversify';
import { ClockOffset } from './clock-offset.js';
import { SenderClockError } from './ingest-errors.js';

const LONGEST_ID = 64;

/** The clock of one connection. Disposing of it tells that the connection is gone. */
export interface SenderClock extends Disposable {
  readonly offset: ClockOffset;
}

/**
 * The clocks of all who send. Connections that name the same clock share what is known of it, so that what they captured
 * at one moment has one timestamp, whichever source it goes to. Known as long as one of them is connected.
 */
@injectable()
export class SenderClocks {
  readonly #shared = new Map<string, { readonly offset: ClockOffset; users: number }>();

  get size(): number {
    return this.#shared.size;
  }

  /**
   * @param id - what the client calls its clock; left out: nobody else has it.
   * @throws SenderClockError
   */
  take(run: string, id: string | undefined): SenderClock {
    if (id === undefined) return { offset: new ClockOffset(), [Symbol.dispose]: () => {} };
    requireClockId(id);
    const key = `${run}\n${id}`;
    const clock = this.#shared.get(key) ?? { offset: new ClockOffset(), users: 0 };
    this.#shared.set(key, clock);
    clock.users += 1;
    let isOver = false;
    return {
      offset: clock.offset,
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        clock.users -= 1;
        if (clock.users === 0) this.#shared.delete(key);
      },
    };
  }
}

/** @throws SenderClockError */
export function requireClockId(id: string): void {
  if (id.length < 1 || id.length > LONGEST_ID)
    throw new SenderClockError({ length: id.length, allowed: `1-${LONGEST_ID}` });
}
