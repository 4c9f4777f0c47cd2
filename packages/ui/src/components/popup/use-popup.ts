import { onBeforeUnmount, onMounted, ref, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { placePopup } from './place-popup.js';
import type { PagePoint } from './place-popup.js';

/**
 * Puts a popup at its point once its size is known, takes it away where somebody presses outside, and gives the focus back
 * to where it was.
 * @returns its place, for `:style`
 */
export function usePopup(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  at: () => PagePoint,
  close: () => void,
): Ref<{ readonly left: string; readonly top: string }> {
  const place = ref({ left: '0', top: '0' });
  const before = document.activeElement;

  function put(): void {
    if (element.value === null) return;
    const { offsetWidth: width, offsetHeight: height } = element.value;
    const { x, y } = placePopup(at(), { width, height }, { width: innerWidth, height: innerHeight });
    place.value = { left: `${x}px`, top: `${y}px` };
  }
  function pressed(event: Event): void {
    if (event.target instanceof Node && element.value?.contains(event.target) === true) return;
    close();
  }
  onMounted(() => {
    put();
    document.addEventListener('pointerdown', pressed, true);
    window.addEventListener('resize', close);
  });
  watch(at, put, { flush: 'post' });
  onBeforeUnmount(() => {
    document.removeEventListener('pointerdown', pressed, true);
    window.removeEventListener('resize', close);
    // Whoever pressed somewhere else wants the focus there.
    const isOurs = element.value?.contains(document.activeElement) === true || document.activeElement === document.body;
    if (isOurs && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  return place;
}
