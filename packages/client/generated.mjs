import { readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const DOCUMENT = new URL('../../apps/server/openapi.json', import.meta.url);

/**
 * What src/generated/api.ts has to be.
 * @returns {Promise<string>}
 */
export async function generated() {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8'));
  const nodes = await openapiTS(document, { alphabetize: true });
  return `// Written by "npm run generate:client" from apps/server/openapi.json.\n\n${astToString(nodes)}`;
}
