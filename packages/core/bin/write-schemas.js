#!/usr/bin/env node
// kinegraph-write-schemas <built module> <out folder>
//
// Writes the JSON Schema of each zod type that the module exports as `schemas` (by file name) into the folder. Files that
// are in step already are left alone, so that builds and watchers see no change where there is none.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { schemaText } from '../dist/graph/index.js';

/** A fault of whoever called: told as one sentence, without a stack. */
class UsageError extends Error {}

const FILE_NAME = /^[a-z0-9][a-z0-9.-]*\.json$/;

async function main([modulePath, outFolder, ...rest]) {
  if (modulePath === undefined || outFolder === undefined || rest.length > 0) {
    throw new UsageError('Usage: kinegraph-write-schemas <built module that exports "schemas"> <out folder>');
  }
  const schemas = await readSchemas(modulePath);
  await mkdir(outFolder, { recursive: true });
  for (const [fileName, type] of Object.entries(schemas)) {
    const file = path.join(outFolder, fileName);
    const text = textOf(modulePath, fileName, type);
    if (text === (await readIfThere(file))) continue;
    await writeFile(file, text);
    console.log(`Wrote ${file}`);
  }
}

async function readSchemas(modulePath) {
  const url = pathToFileURL(path.resolve(modulePath)).href;
  const { schemas } = await import(url).catch((error) => {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.url === url) {
      throw new UsageError(`There is no module ${modulePath}. Compile the package first.`);
    }
    throw error;
  });
  if (typeof schemas !== 'object' || schemas === null) {
    throw new UsageError(`${modulePath} does not export "schemas", an object of zod types by file name.`);
  }
  return schemas;
}

function textOf(modulePath, fileName, type) {
  if (!FILE_NAME.test(fileName)) {
    throw new UsageError(
      `${modulePath} exports a schema for "${fileName}"; file names have lower-case letters, digits, dots and dashes and end in ".json".`,
    );
  }
  try {
    return schemaText(type);
  } catch (error) {
    throw new UsageError(
      `The schema "${fileName}" of ${modulePath} cannot be written as JSON Schema: ${error.message}. Use only what JSON can say: no transforms, no dates.`,
    );
  }
}

async function readIfThere(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
