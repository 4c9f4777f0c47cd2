import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectDependencies } from '../tools/notices/collect.mjs';
import { CARRIED, familyOf, PREBUILT } from '../tools/notices/prebuilt.mjs';
import { renderNotices } from '../tools/notices/render.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Licences that an MIT project may ship beside itself without conditions on its own code. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

describe('the third-party notices', () => {
  const collected = collectDependencies(root);

  it('are up to date (if not: npm run notices)', () => {
    expect(readFileSync(path.join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8')).toBe(renderNotices(collected));
  });

  it('name no licence that would bind our own code', () => {
    const binding = collected.dependencies.filter(({ licence }) => !PERMISSIVE.includes(licence));
    expect(binding.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it('say of native parts what the installed ones say of themselves', () => {
    const store = path.join(root, 'node_modules/.pnpm');
    const installed = collected.prebuilt.flatMap(({ name, parent }) => {
      const prefix = `${name.replace('/', '+')}@`;
      const folder = readdirSync(store).find((entry) => entry.startsWith(prefix));
      const file = folder === undefined ? '' : path.join(store, folder, 'node_modules', name, 'package.json');
      if (!existsSync(file)) return [];
      const { license } = JSON.parse(readFileSync(file, 'utf8')) as { license: string };
      return [{ name, license, said: familyOf(parent, name)?.licence }];
    });

    // A machine has at least sharp's and node-av's.
    expect(installed.length).toBeGreaterThanOrEqual(2);
    for (const { license, said } of installed) expect(license).toContain(said);
  });

  it('tell the GPL and LGPL parts apart from the rest', () => {
    const page = renderNotices(collected);
    expect(page).toMatch(/node-av-<platform>.*GNU General Public License, version 3/);
    expect(page).toMatch(/sharp-libvips-<platform>.*LGPL-3\.0-or-later/);
    for (const { prefix } of PREBUILT) expect(page).toContain(prefix);
    for (const { note } of CARRIED) expect(page).toContain(note);
    expect(page).not.toMatch(/(?:linux|darwin|win32)-(?:x64|arm64)/);
  });
});
