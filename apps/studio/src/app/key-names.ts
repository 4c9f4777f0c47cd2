/** What a keyboard event says of its key. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The name that commands have a key by: `Mod+Shift+Z`, `Delete`, `?`. `Mod` is Control, or Command on a Mac. Shift is told of keys
 * that mean the same without it; of a sign such as `?` it is part of the sign.
 */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isSign = key.length === 1 && !/[\p{L}\p{N} ]/u.test(key);
  const named = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  return [
    ...(ctrlKey || metaKey ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && !isSign ? ['Shift'] : []),
    named,
  ].join('+');
}

/** A key as people read it: `Ctrl+Shift+Z`, on a Mac `⌘⇧Z`. */
export function shownKey(name: string, isMac: boolean): string {
  if (!isMac) return name.replace('Mod', 'Ctrl');
  return name.replace('Mod+', '⌘').replace('Alt+', '⌥').replace('Shift+', '⇧');
}

/** Whether keys are named as on a Mac here. */
export const isMac: boolean = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
