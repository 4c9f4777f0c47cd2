import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = {
  'docs/errors.md': readFileSync(path.join(root, 'docs/errors.md'), 'utf8'),
  'docs/graph-format.md': readFileSync(path.join(root, 'docs/graph-format.md'), 'utf8'),
};

/** What begins a code; a class of errors with another beginning is found by its `code` and told as undocumented. */
const CODE =
  /'((?:CORE|IMAGE|RUN|GRAPH|PLUGIN|MODEL|MEDIA|MEDIAPIPE|ONNX|PROTOCOL|RECORDING|UI|YOLO|SIGN|SERVER|CLI)(?:_[A-Z0-9]+)+|UNEXPECTED)'/g;
const DECLARED = /\bcode(?::[^=;\n]+)? = '([^']+)'/g;
/** Keys of a table of codes. */
const LISTED = /^\s+((?:GRAPH)_[A-Z0-9_]+): '(?:error|warning)'/gm;

function sourceFiles(): string[] {
  return ['packages', 'apps'].flatMap((area) =>
    readdirSync(path.join(root, area)).flatMap((name) => filesUnder(path.join(root, area, name, 'src'))),
  );
}

function filesUnder(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true }) as string[];
  } catch {
    return []; // a package without sources
  }
  return names
    .filter(
      (name) =>
        /\.(?:ts|vue)$/.test(name) && !/\.(?:test|bench)\.ts$/.test(name) && !/(?:^|[\\/])testing[\\/]/.test(name),
    )
    .map((name) => path.join(folder, name));
}

function codesInSources(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of sourceFiles()) {
    const text = readFileSync(file, 'utf8');
    for (const pattern of [CODE, DECLARED, LISTED]) {
      for (const [, code = ''] of text.matchAll(pattern))
        found.set(code, path.relative(root, file).replaceAll('\\', '/'));
    }
  }
  return found;
}

const inSources = codesInSources();
/** The first cell of a table's row on the one page, the start of a list's item on the other. */
const onPages = new Set(
  [
    ...pages['docs/errors.md'].matchAll(/^\| `([A-Z0-9_]+)`/gm),
    ...pages['docs/graph-format.md'].matchAll(/^- `([A-Z0-9_]+)`/gm),
  ].map(([, code = '']) => code),
);

describe('error codes', () => {
  it('are found in the sources by this test', () => {
    // One of each way in which the sources write a code.
    const samples = [
      'UNEXPECTED',
      'CORE_FRAME_CLOSED',
      'IMAGE_TOO_LARGE',
      'GRAPH_CYCLE',
      'PLUGIN_NOT_BUILT',
      'CLI_USAGE',
    ];
    expect(samples.filter((code) => !inSources.has(code))).toEqual([]);
  });

  it('are all explained in docs/errors.md, those of graph documents in docs/graph-format.md', () => {
    const missing = [...inSources].filter(([code]) => !onPages.has(code)).map(([code, file]) => `${code} of ${file}`);
    expect(missing).toEqual([]);
  });

  it('are explained only while they exist', () => {
    expect([...onPages].filter((code) => !inSources.has(code))).toEqual([]);
  });

  it('have one row each', () => {
    const rows = [...pages['docs/errors.md'].matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code);
    expect(rows.filter((code, index) => rows.indexOf(code) !== index)).toEqual([]);
  });

  it('say in each row when it happens and what to do', () => {
    const rows = pages['docs/errors.md'].match(/^\| `[A-Z0-9_]+`.*$/gm) ?? [];
    for (const row of rows) {
      const [, , when = '', mend = ''] = row.split('|').map((cell) => cell.trim());
      expect(when.length, row).toBeGreaterThan(10);
      expect(mend.length, row).toBeGreaterThan(6);
    }
  });
});
