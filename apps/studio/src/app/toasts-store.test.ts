import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useToasts } from './toasts-store.js';

beforeEach(() => {
  setActivePinia(createPinia());
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const texts = (): readonly string[] => useToasts().toasts.map(({ text }) => text);

it('a toast goes by itself, a longer one later', () => {
  const toasts = useToasts();
  toasts.tell('Saved.');
  toasts.tell('The recording "hall" is complete, with all that came of the run until now.');
  vi.advanceTimersByTime(4299);
  expect(texts()).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(['The recording "hall" is complete, with all that came of the run until now.']);
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual([]);
});

it('toasts stay while somebody is at them, those that come meanwhile too', () => {
  const toasts = useToasts();
  toasts.tell('One.');
  toasts.hold();
  toasts.tell('Two.');
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['One.', 'Two.']);
  toasts.release();
  vi.advanceTimersByTime(4200);
  expect(texts()).toEqual([]);
});

it('of more than four the oldest goes', () => {
  const toasts = useToasts();
  for (const text of ['1', '2', '3', '4', '5']) toasts.tell(text);
  expect(texts()).toEqual(['2', '3', '4', '5']);
  toasts.dismiss(3);
  expect(texts()).toEqual(['2', '4', '5']);
  vi.advanceTimersByTime(10_000);
  expect(vi.getTimerCount()).toBe(0);
});
