import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One finding of the linter. */
export interface Finding {
  /** Path from the root of the workspace, with `/`. */
  readonly file: string;
  /** As in the configuration: `kinegraph/import-direction`. */
  readonly rule: string;
  readonly message: string;
}

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  readonly filename: string;
}

/**
 * Lints files in a copy of this workspace that has its real lint configuration and nothing else.
 * @param files - Sources by path from the root.
 */
export async function lintFiles(files: Readonly<Record<string, string>>): Promise<Finding[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'kinegraph-lint-'));
  try {
    for (const part of ['.oxlintrc.json', 'tsconfig.base.json', 'tools/lint']) {
      await cp(path.join(root, part), path.join(copy, part), { recursive: true });
    }
    await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    // One project over everything: rules that read types need one.
    await write(copy, 'tsconfig.json', '{ "extends": "./tsconfig.base.json", "include": ["packages", "apps"] }');
    for (const [file, source] of Object.entries(files)) await write(copy, file, source);
    return toFindings(await runLinter(copy));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function write(folder: string, file: string, text: string): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

function runLinter(folder: string): Promise<string> {
  const linter = path.join(root, 'node_modules/oxlint/bin/oxlint');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [linter, '--format', 'json'],
      { cwd: folder, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        // Exit code 1 is its way of saying that it found something.
        if (stdout.startsWith('{')) resolve(stdout);
        else reject(new Error(`The linter gave no report: ${stdout} ${stderr}`, { cause: error }));
      },
    );
  });
}

function toFindings(json: string): Finding[] {
  const { diagnostics } = JSON.parse(json) as { diagnostics: Diagnostic[] };
  return diagnostics.map(({ code, message, help, filename }) => ({
    file: filename.replaceAll('\\', '/'),
    rule: code.replace(/^([\w-]+)\((.+)\)$/, '$1/$2'),
    message: help === undefined ? message : `${message} ${help}`,
  }));
}
