import { defineStore } from 'pinia';
import { computed, ref, watchEffect } from 'vue';

const KEY = 'kinegraph.theme';

/** What was chosen; `system`: as the reader's own system has it, also when that changes. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Which colours there are. */
export const useTheme = defineStore('theme', () => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isSystemDark = ref(system.matches);
  system.addEventListener('change', ({ matches }) => {
    isSystemDark.value = matches;
  });
  const kept = localStorage.getItem(KEY);
  const choice = ref<Theme>(THEMES.find((theme) => theme === kept) ?? 'system');
  const isDark = computed(() => (choice.value === 'system' ? isSystemDark.value : choice.value === 'dark'));
  watchEffect(() => {
    document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
    if (choice.value === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice.value);
  });

  /** Goes over to the other colours. */
  function turn(): void {
    choice.value = isDark.value ? 'light' : 'dark';
  }

  return { choice, isDark, turn };
});
