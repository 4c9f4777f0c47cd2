import { en } from './en/index.js';
import type { TextKey } from './en/index.js';

/** A catalogue in another language; what it leaves out is told in English. */
export type Catalogue = Readonly<Partial<Record<TextKey, string>>>;

const CATALOGUES: Readonly<Record<string, Catalogue>> = { en };

/** The first of the browser's languages that there is a catalogue for. */
function chosen(): Catalogue {
  for (const language of navigator.languages) {
    const [primary = ''] = language.toLowerCase().split('-');
    const catalogue = CATALOGUES[language.toLowerCase()] ?? CATALOGUES[primary];
    if (catalogue !== undefined) return catalogue;
  }
  return en;
}

const catalogue = chosen();

/** A text of the studio, with its values put in. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const text = catalogue[key] ?? en[key];
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
