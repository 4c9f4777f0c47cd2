import { LabelRefusedError } from '../errors.js';

/** Four bytes each, as UTF-8 has them at most, stay below the 255 that file systems take for a name. */
const MOST_CHARACTERS = 60;
/** What one file system or another does not take in a name, and "%", which marks what stands for it. */
const UNSAFE = /[/\\:*?"<>|%]/g;
/** Names that Windows keeps for devices, with or without an ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** Anything but spaces, joiners, marks and what is drawn as nothing. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * A label in the form that is kept: composed (NFC), without space around it.
 * @throws LabelRefusedError - for one that is empty, too long, with characters that cannot be seen, "." or ".."
 */
export function checkLabel(text: string): string {
  const label = text.normalize('NFC').trim();
  const characters = Array.from(label).length;
  const problem =
    characters === 0
      ? 'is empty'
      : characters > MOST_CHARACTERS
        ? `has ${characters} characters`
        : INVISIBLE.test(label)
          ? 'has a control character or half a character in it'
          : !VISIBLE.test(label)
            ? 'has no character that can be seen'
            : label === '.' || label === '..'
              ? 'is the name of a folder of every folder'
              : undefined;
  if (problem !== undefined) throw new LabelRefusedError({ label: text, problem });
  return label;
}

/**
 * The name of the folder that a label's takes lie in: the label itself, with what file systems do not take as `%` and two
 * digits. No two labels have one folder, and none leads anywhere else.
 * @throws LabelRefusedError
 */
export function labelFolder(text: string): string {
  const escaped = checkLabel(text).replace(UNSAFE, escape);
  const atStart =
    /^[. ]/.test(escaped) || DEVICE.test(escaped) ? escape(escaped.charAt(0)) + escaped.slice(1) : escaped;
  return /[. ]$/.test(atStart) ? atStart.slice(0, -1) + escape(atStart.slice(-1)) : atStart;
}

/** The label of a folder, also of one that people made by hand. @returns undefined where the name is none of a label */
export function folderLabel(folder: string): string | undefined {
  const text = folder.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  try {
    return checkLabel(text);
  } catch (error) {
    if (error instanceof LabelRefusedError) return undefined;
    throw error;
  }
}

/** Equal for labels that differ only by case or composition. */
export function foldedLabel(label: string): string {
  return label.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase();
}

/** Labels that are one but for case or composition, in groups of two or more. */
export function clashingLabels(labels: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const label of new Set(labels)) {
    const key = foldedLabel(label);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [label]);
    else group.push(label);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}
