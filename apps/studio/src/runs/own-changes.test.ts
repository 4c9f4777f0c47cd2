import { expect, it } from 'vitest';
import { OwnChanges } from './own-changes.js';

/** An answer that comes when it is told to. */
function held(): { readonly send: () => Promise<void>; readonly answer: () => void; readonly refuse: () => void } {
  let answer = (): void => {};
  let refuse = (): void => {};
  const promise = new Promise<void>((resolve, reject) => {
    answer = resolve;
    refuse = () => reject(new Error('refused'));
  });
  return { send: async () => await promise, answer: () => answer(), refuse: () => refuse() };
}

it('values that a slider sends are no news, those of others are', async () => {
  const own = new OwnChanges();
  expect(own.hasOthers(7)).toBe(false); // the first count is where one begins
  await own.sent(async () => {});
  await own.sent(async () => {});
  expect(own.hasOthers(8)).toBe(false); // a count that was on its way while the second was taken
  expect(own.hasOthers(9)).toBe(false);
  expect(own.hasOthers(10)).toBe(true);
  expect(own.hasOthers(10)).toBe(false);
});

it("of a value that is on its way nobody is told, and of somebody else's meanwhile once it is there", async () => {
  const own = new OwnChanges();
  own.hasOthers(0);
  const value = held();
  const sent = own.sent(value.send);
  expect(own.hasOthers(1)).toBe(false);
  expect(own.hasOthers(2)).toBe(false);
  value.answer();
  await sent;
  expect(own.hasOthers(2)).toBe(true);
});

it('a value that is refused hides nothing', async () => {
  const own = new OwnChanges();
  own.hasOthers(3);
  const value = held();
  const sent = own.sent(value.send);
  value.refuse();
  await expect(sent).rejects.toThrow('refused');
  expect(own.hasOthers(4)).toBe(true);
});

it('a run that counts from the beginning again is another', async () => {
  const own = new OwnChanges();
  own.hasOthers(5);
  await own.sent(async () => {});
  expect(own.hasOthers(0)).toBe(true);
  own.forget();
  expect(own.hasOthers(9)).toBe(false);
});
