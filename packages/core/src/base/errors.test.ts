import { describe, expect, it } from 'vitest';
import {
  AbortedError,
  KinegraphError,
  TimeLimitError,
  errorCode,
  errorMessage,
  fromErrorRecord,
  toErrorRecord,
} from './errors.js';

/** To another thread and back. */
function roundTrip(error: unknown): KinegraphError {
  return fromErrorRecord(structuredClone(toErrorRecord(error)));
}

describe('errors on their way to another thread', () => {
  it('keep name, code, message, facts and stack', () => {
    const error = new TimeLimitError({ what: 'Opening node "camera"', limitMs: 500 });
    const arrived = roundTrip(error);
    expect(arrived).toBeInstanceOf(KinegraphError);
    expect(arrived).toMatchObject({
      name: 'TimeLimitError',
      code: 'CORE_TIME_LIMIT',
      message: error.message,
      data: error.data,
      stack: error.stack,
    });
  });

  it('keep the chain of causes', () => {
    const arrived = roundTrip(
      new AbortedError({ what: 'Reading' }, { cause: new RangeError('too far', { cause: 'a string' }) }),
    );
    expect(arrived.code).toBe('CORE_ABORTED');
    expect(arrived.cause).toMatchObject({ name: 'RangeError', code: 'UNEXPECTED', message: 'too far' });
    expect((arrived.cause as Error).cause).toMatchObject({ code: 'UNEXPECTED', message: 'a string' });
  });

  it('survive more than one journey', () => {
    const error = new TimeLimitError({ what: 'A wait', limitMs: 1 });
    expect(toErrorRecord(roundTrip(roundTrip(error)))).toEqual(toErrorRecord(error));
  });

  it('take codes of Node along', () => {
    expect(roundTrip(Object.assign(new Error('no such file'), { code: 'ENOENT' })).code).toBe('ENOENT');
  });

  it('lose facts that no message can carry, and nothing else', () => {
    class OddError extends KinegraphError {
      override readonly name = 'OddError';
      readonly code = 'ODD';
      override readonly data = { callback: () => {} };
    }
    expect(roundTrip(new OddError('odd'))).toMatchObject({ code: 'ODD', message: 'odd', data: undefined });
  });

  it('end where a chain of causes runs in a circle', () => {
    const error = new Error('first');
    error.cause = new Error('second', { cause: error });
    expect(roundTrip(error).message).toBe('first');
  });

  it.each<[unknown, string]>([
    ['a string', 'a string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [42, '42'],
    [['a', 'list'], 'a,list'],
  ])('stand for thrown values of any sort: %o', (thrown, told) => {
    const arrived = roundTrip(thrown);
    expect([arrived.code, arrived.message]).toEqual(['UNEXPECTED', told]);
    expect([errorCode(thrown), errorMessage(thrown)]).toEqual(['UNEXPECTED', told]);
  });

  it('have no code of ours where theirs is no string', () => {
    expect(errorCode(Object.assign(new Error('x'), { code: 25 }))).toBe('UNEXPECTED');
  });
});
