import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Something that has happened; it goes by itself. What failed is no toast. */
export interface Toast {
  readonly id: number;
  readonly text: string;
}

/** Long enough for a line; more for each character, since people read at their own pace. */
const SHOWN_MS = 4000;
const PER_CHARACTER_MS = 50;
/** More than these are in the way: the oldest goes. */
const MOST = 4;

/** What has happened. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let next = 1;
  let isHeld = false;

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function goLater({ id, text }: Toast): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => dismiss(id), SHOWN_MS + PER_CHARACTER_MS * text.length),
    );
  }

  function tell(text: string): void {
    const toast = { id: next++, text };
    const [oldest] = toasts.value;
    if (oldest !== undefined && toasts.value.length >= MOST) dismiss(oldest.id);
    toasts.value = [...toasts.value, toast];
    if (!isHeld) goLater(toast);
  }

  /** While somebody is at them, they stay. */
  function hold(): void {
    isHeld = true;
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  }

  /** They have their whole time again. */
  function release(): void {
    isHeld = false;
    for (const toast of toasts.value) goLater(toast);
  }

  return { toasts, tell, dismiss, hold, release };
});
