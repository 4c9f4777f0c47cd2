import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { readUrl, withoutSecrets } from '../../base/index.js';
import { isDownloadUrl } from '../../plugins/index.js';
import type { DownloadOptions, FileVersion } from '../../plugins/index.js';
import { PassingFault, isPassingStatus, refusal } from './download-faults.js';
import type { DownloadLimits } from './download-limits.js';
import type { AttemptWatch } from './download-watch.js';
import { contentLength, parseContentRange, parseRetryAfter, versionOf } from './http-headers.js';
import type { Network } from './network.js';

type Answer = Dispatcher.ResponseData;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Codings that some servers send though none is asked for. */
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What one try works with. */
export interface AttemptContext {
  readonly url: string;
  readonly options: DownloadOptions;
  readonly network: Network;
  readonly limits: DownloadLimits;
  readonly watch: AttemptWatch;
  /** Called when the bytes that count begin to come, and after each piece. */
  readonly onBytes: (totalBytes: number | undefined) => void;
}

/** What a try is to do. */
export interface AttemptPlan {
  /** From the start, whatever is there, and nothing at all where the server's file is still of this version. */
  readonly unless?: FileVersion;
}

/** How a try that did not fail has ended. */
export interface AttemptResult {
  /** The file is of the version that `unless` names. */
  readonly isUnchanged: boolean;
  /** True where one answer brought the whole file. */
  readonly isOfOneAnswer: boolean;
}

/** How the body of an answer fits the file. */
interface Fit {
  /** Bytes to pass over before those that count. */
  readonly skip: number;
  /** How many there should be in the end. */
  readonly wholeBytes: number | undefined;
}

/** One try: asks for what is not there yet and adds it. @throws PassingFault, ModelDownloadError, and errors of the network */
export async function attemptDownload(context: AttemptContext, plan: AttemptPlan): Promise<AttemptResult> {
  const { into } = context.options;
  const from = plan.unless !== undefined || !isResumable(context.options) ? 0 : into.length;
  const answer = await follow(context, headersFor(context.options, from, plan));
  const status = answer.statusCode;
  if (status === 304 && plan.unless !== undefined) return { isUnchanged: true, isOfOneAnswer: true };
  const coding = codingOf(answer);
  const fit =
    status === 206 ? await continueAt(context, answer, from, coding) : await beginWith(context, answer, from, coding);
  try {
    await readBody(context, answer, fit, coding);
  } catch (error) {
    // Positions count in the coding, so half of a coded file is of no use.
    if (coding !== undefined) await into.restart({});
    throw error;
  }
  return { isUnchanged: false, isOfOneAnswer: status === 200 || from === 0 };
}

/** True where the rest of the very same file can be asked for, or a mixture would be found by its sum. */
function isResumable({ into, expected }: DownloadOptions): boolean {
  return expected !== undefined || into.version.etag !== undefined || into.version.lastModified !== undefined;
}

function headersFor({ into, range }: DownloadOptions, from: number, { unless }: AttemptPlan): Record<string, string> {
  const headers: Record<string, string> = {
    'accept-encoding': 'identity', // sizes and ranges must be those of the file itself
    'user-agent': 'kinegraph',
  };
  if (from > 0 || range !== undefined) {
    const first = (range?.offset ?? 0) + from;
    headers['range'] = `bytes=${first}-${range === undefined ? '' : range.offset + range.bytes - 1}`;
  }
  const tag = into.version.etag ?? into.version.lastModified;
  if (from > 0 && tag !== undefined) headers['if-range'] = tag;
  if (unless?.etag !== undefined) headers['if-none-match'] = unless.etag;
  else if (unless?.lastModified !== undefined) headers['if-modified-since'] = unless.lastModified;
  return headers;
}

async function follow(context: AttemptContext, headers: Record<string, string>): Promise<Answer> {
  const { url, network, limits, watch } = context;
  let at = url;
  for (let hops = 0; ; hops += 1) {
    context.options.checkUrl?.(at);
    const answer = await network.get(at, headers);
    watch.progress();
    if (!REDIRECTS.has(answer.statusCode)) return answer;
    await answer.body.dump();
    const location = textOf(answer.headers['location']) ?? '';
    const next = readUrl(location, at);
    if (next === undefined) throw refusal(url, `the server sent status ${answer.statusCode} without a place to go to`);
    const isStepDown = at.startsWith('https:') && next.protocol !== 'https:';
    if (isStepDown || !isDownloadUrl(next))
      throw refusal(url, `the server leads on to ${withoutSecrets(next.href)}, which is not https`);
    if (hops === limits.redirects) throw refusal(url, `the server leads on more than ${limits.redirects} times`);
    at = next.href;
  }
}

/** A part of the file was sent, as asked. Anything that does not fit exactly begins the file anew. */
async function continueAt(
  { url, options }: AttemptContext,
  answer: Answer,
  from: number,
  coding: string | undefined,
): Promise<Fit> {
  const { into, range, expected, maxBytes } = options;
  if (from === 0 && range === undefined)
    throw refusal(url, 'the server sent a part of a file that was asked for whole');
  const part = parseContentRange(textOf(answer.headers['content-range']));
  const version = versionOf(answer.headers);
  const total = part?.total;
  const fault =
    part === undefined || part.first !== (range?.offset ?? 0) + from
      ? 'the server sent other bytes than it was asked for'
      : coding !== undefined
        ? `the server sent a part of the file in the coding ${coding}`
        : from > 0 && (expected === undefined ? !isSame(into.version, version) : changed(into.version, version))
          ? 'the file has changed'
          : range === undefined && expected?.bytes !== undefined && total !== undefined && total !== expected.bytes
            ? 'the file has changed its size'
            : undefined;
  if (fault !== undefined) {
    await into.restart({});
    throw from === 0 ? refusal(url, fault) : new PassingFault(fault, 0);
  }
  if (range === undefined && total !== undefined && total > maxBytes) throw await tooLarge(url, options);
  if (range !== undefined && total !== undefined && total < range.offset + range.bytes)
    throw refusal(url, `the file has only ${total} bytes, and the part ends at ${range.offset + range.bytes}`);
  if (from === 0) await into.restart(version);
  return { skip: 0, wholeBytes: range?.bytes ?? expected?.bytes ?? total };
}

/** The whole file is sent, or the answer is none. A server that knows no ranges sends what is before the range as well. */
async function beginWith(
  context: AttemptContext,
  answer: Answer,
  from: number,
  coding: string | undefined,
): Promise<Fit> {
  const { url, options } = context;
  const { into, range, expected, maxBytes } = options;
  await refuseStatus(context, answer, from);
  if (coding !== undefined && DECODERS[coding] === undefined)
    throw refusal(url, `the server sent it in the coding ${coding}, which was not asked for`);
  const told = coding === undefined ? contentLength(answer.headers) : undefined;
  if (range === undefined && told !== undefined) {
    if (told > maxBytes) throw await tooLarge(url, options);
    if (expected?.bytes !== undefined && told !== expected.bytes) {
      const isPage = textOf(answer.headers['content-type'])?.startsWith('text/html') === true;
      const hint = isPage ? '; it is a web page, perhaps the log-in of the network' : '';
      throw refusal(url, `the server has ${told} bytes, and the model has ${expected.bytes}${hint}`);
    }
  }
  await into.restart(coding === undefined ? versionOf(answer.headers) : {});
  return { skip: range?.offset ?? 0, wholeBytes: range?.bytes ?? expected?.bytes ?? told };
}

async function refuseStatus({ url, options, limits }: AttemptContext, answer: Answer, from: number): Promise<void> {
  const status = answer.statusCode;
  if (status === 200) return;
  if (status === 416 && from > 0) {
    await options.into.restart({});
    throw new PassingFault(`the server has nothing from byte ${from} on`, 0);
  }
  const reason = `the server answered with status ${status}`;
  if (!isPassingStatus(status)) throw refusal(url, reason);
  const waitMs = parseRetryAfter(answer.headers);
  if (waitMs !== undefined && waitMs > limits.longestBackoffMs)
    throw refusal(url, `${reason} and asks to wait ${Math.ceil(waitMs / 1000)} s`);
  throw new PassingFault(reason, waitMs);
}

async function readBody(
  { url, options, watch, onBytes }: AttemptContext,
  answer: Answer,
  { skip, wholeBytes }: Fit,
  coding: string | undefined,
): Promise<void> {
  const { into, maxBytes, range } = options;
  const most = Math.min(maxBytes, range?.bytes ?? Infinity);
  let skipped = 0;
  onBytes(wholeBytes);
  for await (const piece of decoded(answer, coding)) {
    watch.progress();
    const wanted = piece.subarray(Math.min(skip - skipped, piece.byteLength));
    skipped += piece.byteLength - wanted.byteLength;
    if (range === undefined && into.length + wanted.byteLength > most) throw await tooLarge(url, options);
    const taken = wanted.subarray(0, most - into.length);
    if (taken.byteLength > 0) await into.append(taken);
    onBytes(wholeBytes);
    if (range !== undefined && into.length === most) break;
  }
  if (wholeBytes !== undefined && into.length < wholeBytes)
    throw new PassingFault(`${into.length} of ${wholeBytes} bytes arrived`);
}

function decoded(answer: Answer, coding: string | undefined): AsyncIterable<Uint8Array> {
  const decoder = coding === undefined ? undefined : DECODERS[coding]?.();
  if (decoder === undefined) return answer.body;
  return pipeline(answer.body, decoder, () => {}); // the reader of the decoder gets the error
}

function codingOf(answer: Answer): string | undefined {
  const coding = textOf(answer.headers['content-encoding'])?.trim().toLowerCase() ?? '';
  return coding === '' || coding === 'identity' ? undefined : coding;
}

/** True where a version is known and told again. Some servers send a part whatever `If-Range` says. */
function isSame(before: FileVersion, now: FileVersion): boolean {
  return before.etag === undefined
    ? before.lastModified !== undefined && before.lastModified === now.lastModified
    : before.etag === now.etag;
}

/** True where both versions are known and differ. With a known sum that is enough: a mixture is found by it. */
function changed(before: FileVersion, now: FileVersion): boolean {
  if (before.etag !== undefined && now.etag !== undefined) return before.etag !== now.etag;
  return (
    before.lastModified !== undefined && now.lastModified !== undefined && before.lastModified !== now.lastModified
  );
}

async function tooLarge(url: string, { into, maxBytes }: DownloadOptions): Promise<Error> {
  await into.restart({});
  return refusal(url, `it has more than the ${maxBytes} bytes that are allowed`);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
