import { defineStore } from 'pinia';
import { reactive, watch } from 'vue';

/** What stands around the canvas: how much room it has, and what is open. Sizes in CSS pixels. */
export interface Docks {
  palette: number;
  side: number;
  bottom: number;
  /** Of the live view, at the top of the side. */
  live: number;
  isLiveOpen: boolean;
  isBottomOpen: boolean;
  /** What is open below. */
  tab: string;
}

/** Least and most, so that nothing is dragged out of sight. */
export const DOCK_LIMITS = {
  palette: { least: 160, most: 420 },
  side: { least: 240, most: 900 },
  bottom: { least: 60, most: 600 },
  live: { least: 200, most: 1200 },
} as const;

const DEFAULTS: Docks = {
  ...{ palette: 230, side: 360, bottom: 150, live: 400 },
  ...{ isLiveOpen: true, isBottomOpen: true, tab: 'problems' },
};
const KEPT = 'kinegraph.docks';

/** The room around the canvas; the browser remembers it. */
export const useDocks = defineStore('docks', () => {
  const docks = reactive<Docks>({ ...DEFAULTS, ...kept() });
  watch(docks, () => localStorage.setItem(KEPT, JSON.stringify(docks)));
  return {
    docks,
    /** Opens a tab below. */
    open(tab: string): void {
      Object.assign(docks, { tab, isBottomOpen: true });
    },
  };
});

/** What was kept, as far as it can be so. */
function kept(): Partial<Docks> {
  let read: unknown;
  try {
    read = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  } catch {
    return {};
  }
  const entries = Object.entries(typeof read === 'object' && read !== null ? read : {}) as [string, unknown][];
  return Object.fromEntries(
    entries.filter(([key, value]) => {
      if (typeof value !== typeof DEFAULTS[key as keyof Docks]) return false;
      const limits = DOCK_LIMITS[key as keyof typeof DOCK_LIMITS] as { least: number; most: number } | undefined;
      return limits === undefined || (Number(value) >= limits.least && Number(value) <= limits.most);
    }),
  );
}
