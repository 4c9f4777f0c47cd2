import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/** An import that no browser can serve. */
export interface NodeImport {
  readonly specifier: string;
  /** The file that asks for it, from the folder given. */
  readonly importer: string;
}

/** What came of a bundle for the browser. */
export interface BrowserBundle {
  readonly nodeImports: readonly NodeImport[];
  /** A script that puts the entry's exports into the global `entry`. */
  readonly script: string;
}

/** Packages that exist for Node alone; a bundler would otherwise take them in without a word. */
const NODE_ONLY_PACKAGES = ['sharp', 'node-av', 'onnxruntime-node', 'ws'];
/** A test kit runs inside the test runner, which brings these along. */
const TEST_RUNNER = ['vitest', 'fast-check'];

/**
 * Bundles a built entry the way a page would get it.
 * @param entry - Absolute path of a JavaScript file.
 * @param root - Folder that importers are told from.
 */
export async function bundleForBrowser(entry: string, root: string): Promise<BrowserBundle> {
  const nodeImports: NodeImport[] = [];
  const builtins = new Set(builtinModules);
  const watcher: Plugin = {
    name: 'node-imports',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path: specifier, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        const name = specifier.split('/')[0] ?? specifier;
        if (TEST_RUNNER.includes(name)) return { path: specifier, external: true };
        const isNode = specifier.startsWith('node:') || builtins.has(specifier) || NODE_ONLY_PACKAGES.includes(name);
        if (!isNode) return undefined;
        nodeImports.push({ specifier, importer: path.relative(root, importer).split(path.sep).join('/') });
        return { path: specifier, external: true };
      });
    },
  };
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'entry',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    plugins: [watcher],
  });
  return { nodeImports, script: result.outputFiles[0]?.text ?? '' };
}
