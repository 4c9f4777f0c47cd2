/** Figures as people read them. What is not known is a dash. */
const NOTHING = '–';

const isTold = (figure: number | null | undefined): figure is number =>
  figure !== null && figure !== undefined && Number.isFinite(figure);

/** `24.1/s`. */
export function rateText(perSecond: number | null | undefined): string {
  if (!isTold(perSecond)) return NOTHING;
  return `${perSecond >= 100 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`;
}

/** Of times within a run: `43 ms`, `1.2 s`. */
export function msText(ms: number | null | undefined): string {
  if (!isTold(ms)) return NOTHING;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Of times that people wait, the two largest units: `3 h 12 min`, `12 s`. */
export function durationText(ms: number | null | undefined): string {
  if (!isTold(ms)) return NOTHING;
  const seconds = Math.max(0, Math.round(ms / 1000));
  const from = UNITS.findIndex(([, size]) => seconds >= size);
  if (from === -1) return '0 s';
  let rest = seconds;
  const parts = UNITS.slice(from, from + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.2 MB`, in thousands as disks are sold. */
export function bytesText(bytes: number | null | undefined): string {
  if (!isTold(bytes)) return NOTHING;
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < SIZES.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${SIZES[unit]}`;
}

/** A moment, by the clock on the wall: the day only where it is another. */
export function momentText(iso: string | undefined, now: Date = new Date()): string {
  if (iso === undefined) return NOTHING;
  const at = new Date(iso);
  const isToday = at.toDateString() === now.toDateString();
  return isToday ? at.toLocaleTimeString() : at.toLocaleString();
}
