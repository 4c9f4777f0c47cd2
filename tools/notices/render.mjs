// The notices as one page: a table, the native parts, and each licence text once.

import { CARRIED, PREBUILT, familyOf } from './prebuilt.mjs';

/** A line that states a holder, not a sentence of the licence that speaks about copyright. */
const COPYRIGHT =
  /^\W*(?:copyright\b(?=\s+\S)(?! (?:in|notices?|holders?|owners?|licen[cs]es?|statements?|and|law|to)\b)|(?:\(c\)|©)\s*\d{4})/i;
/** What follows in the Apache licence is a form to fill in, which packages copy or leave out. */
const APACHE_END = 'END OF TERMS AND CONDITIONS';
/** Titles that packages put above the same text in several ways. */
const TITLE = /^\W*(?:the )?(?:mit|isc|bsd[\w -]*|apache)?\s*licen[cs]e\b[^.]*$/i;

/**
 * @param {{ dependencies: import('./collect.mjs').Dependency[], prebuilt: import('./collect.mjs').PrebuiltUse[] }} collected
 * @returns {string} Markdown.
 */
export function renderNotices({ dependencies, prebuilt }) {
  return `${[
    '# Third-party notices',
    'Kinegraph itself is under the MIT licence (see `LICENSE`). It stands on the packages below, which keep their own. This page is written by `npm run notices`; a test keeps it in step with what is installed.',
    '## Packages',
    table(dependencies),
    '## Native parts, one package for each platform',
    families(prebuilt),
    '## Native parts inside packages',
    carried(dependencies),
    '## Licence texts',
    texts(dependencies),
  ].join('\n\n')}\n`;
}

function table(dependencies) {
  const rows = dependencies.map(({ name, version, licence, texts }) => {
    const holders = [...new Set(texts.flatMap(({ text }) => text.split('\n').filter(isCopyright).map(tidy)))];
    return `| ${name} | ${version} | ${licence} | ${holders.join('; ') || '(none stated)'} |`;
  });
  return ['| package | version | licence | copyright |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function families(prebuilt) {
  return PREBUILT.flatMap((family) => {
    const members = prebuilt.filter(({ parent, name }) => familyOf(parent, name) === family);
    if (members.length === 0) return [];
    const ranges = [...new Set(members.map(({ range }) => range))].join(', ');
    return [`- \`${family.prefix}<platform>\` ${ranges} (for ${family.parent}), ${family.licence}. ${family.note}`];
  }).join('\n');
}

function carried(dependencies) {
  return CARRIED.flatMap(({ name, note }) => {
    const carrier = dependencies.find((dependency) => dependency.name === name);
    return carrier === undefined ? [] : [`- \`${name}\` ${carrier.version}. ${note}`];
  }).join('\n');
}

function texts(dependencies) {
  const bodies = new Map();
  for (const { name, texts: files } of dependencies) {
    for (const { file, text } of files) {
      const body = withoutForm(text)
        .split('\n')
        .filter((line) => !isCopyright(line) && !TITLE.test(line))
        .join('\n')
        .trim();
      // The same words, however they are broken into lines, are the same text.
      const key = body.replaceAll(/[\s"'“”‘’*]+/g, ' ').toLowerCase();
      const entry = bodies.get(key) ?? { body, users: new Set() };
      entry.users.add(/^notice/i.test(file) ? `${name} (notice)` : name);
      bodies.set(key, entry);
    }
  }
  const without = dependencies.filter(({ texts: files }) => files.length === 0);
  const sections = [...bodies.values()].map(
    ({ body, users }) => `### ${[...users].join(', ')}\n\n\`\`\`text\n${body}\n\`\`\``,
  );
  if (without.length > 0) {
    const list = without.map(({ name, licence }) => `${name} (${licence})`).join(', ');
    sections.push(
      `### Packages that carry no text\n\nThese name their licence in their manifest alone; its words stand above: ${list}.`,
    );
  }
  return sections.join('\n\n');
}

function withoutForm(text) {
  const end = text.indexOf(APACHE_END);
  return end === -1 ? text : text.slice(0, end + APACHE_END.length);
}

function isCopyright(line) {
  return COPYRIGHT.test(line) && !/[[{]yyyy[\]}]/i.test(line);
}

function tidy(line) {
  return line
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\W+(?=copyright)/i, '');
}
