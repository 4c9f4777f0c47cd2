#!/usr/bin/env node
// Makes a folder that holds the server and all it needs, to be copied to machines that have Node and nothing else.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle/main.mjs';
import { SetupError } from './setup/errors.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { without: { type: 'string', multiple: true, default: [] } },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    throw new SetupError('Name one folder that is not there yet: npm run bundle -- FOLDER [--without PACKAGE]...');
  }
  // npm runs scripts in the folder of the package; what was typed begins where npm was called.
  const target = path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const { bytes } = await bundle({ root: ROOT, target, without: values.without });
  process.stderr.write(
    `The server is in ${target}, ${Math.round(bytes / 1e6)} MB. It starts by bin/kinegraph.js serve.\n`,
  );
} catch (error) {
  if (error.output) process.stderr.write(`${error.output}\n`);
  const isForPeople = error instanceof SetupError || String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${isForPeople ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
