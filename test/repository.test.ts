import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { workspaceFolders } from '../tools/setup/fingerprint.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly license?: string;
  readonly type?: string;
  readonly packageManager?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly bin?: Record<string, string>;
  readonly scripts?: Record<string, string>;
}

describe('the workspace', () => {
  it('takes packages from whichever registry the machine is set to', () => {
    // An address in the lockfile would send every clone to the server that its author used.
    expect(read('pnpm-lock.yaml')).not.toMatch(/https?:|tarball:/);
  });

  it('lets no package run an install script', () => {
    expect(read('pnpm-workspace.yaml')).toMatch(/^onlyBuiltDependencies: \[\]$/m);
  });

  it('reports nothing to turbo', () => {
    expect(read('tools/setup/pnpm.mjs')).toContain("TURBO_TELEMETRY_DISABLED: '1'");
    for (const script of Object.values((JSON.parse(read('package.json')) as Manifest).scripts ?? {})) {
      // Only `tools/turbo.mjs` and the set-up start it, both with its telemetry off.
      expect(script).not.toMatch(/(?:^|&& )turbo /);
    }
  });

  const folders = ['.', ...workspaceFolders(root)];
  it.each(folders)('%s has an MIT manifest, modules only, exact versions', (folder) => {
    const manifest = JSON.parse(read(path.join(folder, 'package.json'))) as Manifest;
    const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

    expect(manifest).toMatchObject({ license: 'MIT', type: 'module' });
    for (const [name, version] of Object.entries(versions)) {
      expect(`${name} ${version}`).toMatch(/ (?:workspace:\S+|\d+\.\d+\.\d+(?:-[\w.]+)?)$/);
    }
  });

  it.each(folders)('%s has its commands as files that are committed', (folder) => {
    const { bin = {} } = JSON.parse(read(path.join(folder, 'package.json'))) as Manifest;

    // pnpm links a command while installing, which comes before building.
    for (const file of Object.values(bin)) {
      expect(file).not.toContain('dist/');
      expect(existsSync(path.join(root, folder, file))).toBe(true);
    }
  });

  it('numbers its decision records once each', () => {
    const records = readdirSync(path.join(root, 'docs/adr')).filter((file) => file !== 'README.md');
    const numbers = records.map((file) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]);

    expect(numbers).not.toContain(undefined);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const file of records) {
      expect(read(`docs/adr/${file}`)).toMatch(
        /^# \d+\. .+\n\nStatus: .+\n[^]*## Context\n[^]*## Decision\n[^]*## Consequences\n/,
      );
    }
  });
});
