import { readUrl } from '../../base/index.js';

/** A part of a file: `bytes` from `offset` on. */
export interface ByteRange {
  readonly offset: number;
  readonly bytes: number;
}

/** Where a model's bytes are, as a manifest's `from` says. */
export type ModelSource =
  /** A file in an installed npm package, found from the plugin's own folder. */
  | { readonly kind: 'npm'; readonly packageName: string; readonly path: string; readonly range?: ByteRange }
  /** A file in the plugin's package. */
  | { readonly kind: 'file'; readonly path: string; readonly range?: ByteRange }
  /** Made by a builder that the plugin registers when it is activated. */
  | { readonly kind: 'build'; readonly builder: string }
  /** Downloaded. */
  | { readonly kind: 'https'; readonly url: string; readonly range?: ByteRange };

/** What `parseModelSource` answers: the source, or what is wrong with the text (follows "is <text>, but"). */
export type ModelSourceResult = { readonly source: ModelSource } | { readonly fault: string };

const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*/;
const BUILDER_NAME = /^[a-z][a-z0-9-]*$/;
const RANGE = /^bytes=(\d{1,15})\+(\d{1,15})$/;

/** True for a relative path whose steps all lead further in: no `..`, no empty step, no drive, no backslash. */
function staysInside(path: string): boolean {
  return !/[\\:]/.test(path) && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

function parseRange(text: string): ByteRange | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const range = { offset: Number(match[1]), bytes: Number(match[2]) };
  return range.bytes > 0 ? range : undefined;
}

/** True for the addresses of this very machine, to which plain http is safe. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** True for a URL that models may be downloaded from: https, or http on this very machine. */
export function isDownloadUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** True for a URL with a user or a password in it. */
export function hasUser({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Reads the `from` of a model: `npm:`, `file:`, `build:` or `https:`, the first, second and last with `#bytes=<offset>+<length>`. */
export function parseModelSource(from: string): ModelSourceResult {
  if (from.startsWith('build:')) {
    const builder = from.slice('build:'.length);
    return BUILDER_NAME.test(builder)
      ? { source: { kind: 'build', builder } }
      : { fault: 'the builder after "build:" must be a name of lower-case letters, digits and dashes' };
  }
  const hash = from.indexOf('#');
  const place = hash === -1 ? from : from.slice(0, hash);
  const range = hash === -1 ? undefined : parseRange(from.slice(hash + 1));
  if (hash !== -1 && range === undefined)
    return { fault: 'what follows "#" must be "bytes=<offset>+<length>" with a length over 0' };
  const withRange = range === undefined ? {} : { range };

  if (place.startsWith('npm:')) {
    const rest = place.slice('npm:'.length);
    const packageName = PACKAGE_NAME.exec(rest)?.[0] ?? '';
    const path = rest.slice(packageName.length + 1);
    if (packageName === '' || rest[packageName.length] !== '/' || !staysInside(path)) {
      return { fault: '"npm:" must be followed by "<package>/<path>", a path inside the package' };
    }
    return { source: { kind: 'npm', packageName, path, ...withRange } };
  }
  if (place.startsWith('file:')) {
    const rest = place.slice('file:'.length);
    if (!rest.startsWith('./') || !staysInside(rest.slice(2))) {
      return { fault: '"file:" must be followed by "./<path>", a path inside the plugin\'s package' };
    }
    return { source: { kind: 'file', path: rest.slice(2), ...withRange } };
  }
  if (/^https?:/.test(place)) {
    const url = readUrl(place);
    if (url === undefined) return { fault: 'it is no valid URL' };
    if (hasUser(url)) return { fault: 'user and password are never sent, and would be shown' };
    if (!isDownloadUrl(url))
      return { fault: 'models are downloaded by https only (plain http: from this very machine)' };
    return { source: { kind: 'https', url: place, ...withRange } };
  }
  return { fault: 'it must start with "npm:", "file:./", "build:" or "https://"' };
}

/** The text that `parseModelSource` reads as this source. */
export function formatModelSource(source: ModelSource): string {
  if (source.kind === 'build') return `build:${source.builder}`;
  const range = source.range === undefined ? '' : `#bytes=${source.range.offset}+${source.range.bytes}`;
  if (source.kind === 'npm') return `npm:${source.packageName}/${source.path}${range}`;
  return `${source.kind === 'file' ? `file:./${source.path}` : source.url}${range}`;
}
