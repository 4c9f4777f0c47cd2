import { AbortedError, errorMessage, silentLogger } from '@kinegraph/core/plugin';
import type { InferenceSession } from 'onnxruntime-common';
import {
  ExternalDataError,
  ModelRefusedError,
  ModelTooNewError,
  ProviderError,
  RunFailedError,
  RuntimeMissingError,
} from '../errors.js';
import { inspectModel, type ModelInfo } from '../reader/index.js';
import { checkSizes } from './size-limits.js';
import { OrtSession, plainReason, type OrtFlavour } from './ort-session.js';
import type { OnnxSession, Provider, SessionOptions } from './runtime.js';

/** A loaded runtime that can open models. */
export interface OrtEngine extends OrtFlavour {
  /** What it calls the providers that it has, in this build and on this platform. */
  readonly providers: Readonly<Partial<Record<Provider, string>>>;
  create(model: Uint8Array | string, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
}

/** Finds the engine for a provider: a browser has one build with WebGPU and a faster one without. */
export type EngineFor = (provider: Provider) => Promise<OrtEngine>;

/** What was asked for, with nothing left out. */
export interface OpenRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where the bytes are from, if that is a file whose neighbours may hold weights. */
  readonly file?: { readonly path: string; readonly hasNeighbour: (location: string) => boolean };
  readonly providers: readonly Provider[];
  readonly options: SessionOptions;
  readonly signal: AbortSignal | undefined;
}

/**
 * Looks at a model, then opens it on the first provider that works. When none of those asked for does, on the CPU, with one warning; where
 * the CPU was one of them, that is no more than worth knowing.
 * @throws NotAModelError, ModelTruncatedError, ExternalDataError, ModelTooNewError, TooLargeError, ModelRefusedError,
 *   ProviderError, AbortedError, and what the warm-up throws
 */
export async function openSession(engineFor: EngineFor, request: OpenRequest): Promise<OnnxSession> {
  const { providers, options } = request;
  stopIfAborted(request);
  const model = checkedModel(request);
  const failed: ProviderError[] = [];
  for (const provider of providers) {
    if (provider === 'cpu') break;
    try {
      const engine = await providerEngine(engineFor, provider, request);
      stopIfAborted(request);
      return await openOn(engine, provider, request, model);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      failed.push(error);
    }
  }
  const first = failed[0];
  const wantsCpu = providers.includes('cpu');
  if (first !== undefined && options.fallBack === false && !wantsCpu) throw first;
  const engine = await engineFor('cpu');
  stopIfAborted(request);
  const session = await openOn(engine, 'cpu', request, model);
  if (first !== undefined) {
    const others = failed.slice(1).map((error) => ` ${error.message}`);
    const message = `${first.message}${others.join('')} The model runs on the CPU instead.`;
    (options.logger ?? silentLogger).log(wantsCpu ? 'info' : 'warn', message, {
      code: first.code,
      model: request.name,
      providers: failed.map((error) => error.data.provider),
    });
  }
  return session;
}

/** A runtime that does not load has not got the provider; whether the CPU has one that does, is seen then. */
async function providerEngine(engineFor: EngineFor, provider: Provider, { name }: OpenRequest): Promise<OrtEngine> {
  try {
    return await engineFor(provider);
  } catch (error) {
    if (!(error instanceof RuntimeMissingError)) throw error;
    const { runtime, reason } = error.data;
    const facts = { model: name, provider, reason: `${runtime} does not load, ${reason.replace(/[.\s]+$/, '')}` };
    throw new ProviderError({ ...facts, available: ['cpu'] }, { cause: error });
  }
}

/** What to hand to the runtime: the file by its path only where it has to find others beside it. */
function checkedModel({ name, bytes, file, options }: OpenRequest): CheckedModel {
  const info = inspectModel(bytes, name);
  checkSizes(name, info, options.maxBytes);
  const given = options.externalData ?? {};
  const missing = info.externalFiles.filter((location) => !Object.hasOwn(given, location));
  if (missing.length === 0) return { info, source: bytes };
  if (file === undefined) {
    throw new ExternalDataError({
      model: name,
      files: missing,
      problem: 'only the bytes of the model itself were given',
    });
  }
  const absent = missing.filter((location) => !file.hasNeighbour(location));
  if (absent.length === 0) return { info, source: file.path };
  throw new ExternalDataError({ model: name, files: absent, problem: 'there is no such file beside it' });
}

interface CheckedModel {
  readonly info: ModelInfo;
  readonly source: Uint8Array | string;
}

async function openOn(
  engine: OrtEngine,
  provider: Provider,
  request: OpenRequest,
  model: CheckedModel,
): Promise<OnnxSession> {
  const { name } = request;
  const ortName = engine.providers[provider];
  if (ortName === undefined) throw providerError(engine, provider, name, `${engine.name} has no such provider here`);
  let session: InferenceSession;
  try {
    session = await engine.create(model.source, ortOptions(ortName, request.options));
  } catch (error) {
    const reason = plainReason(error);
    const tooNew = tooNewFor(engine.name, name, reason, error);
    if (tooNew !== undefined) throw tooNew;
    if (provider !== 'cpu') throw providerError(engine, provider, name, reason, error);
    throw new ModelRefusedError({ model: name, runtime: engine.name, reason }, { cause: error });
  }
  if (request.signal?.aborted === true) {
    await session.release();
    stopIfAborted(request);
  }
  const opened = new OrtSession(name, provider, session, engine, model.info);
  try {
    await request.options.warmUp?.(opened);
  } catch (error) {
    await opened.release();
    if (provider === 'cpu' || !(error instanceof RunFailedError)) throw error;
    throw providerError(engine, provider, name, `it starts, and the first run fails, ${error.data.reason}`, error);
  }
  return opened;
}

function ortOptions(provider: string, options: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: options.threads ?? 1,
    interOpNumThreads: 1,
    // What is wrong is thrown and told once; the rest is about unused weights and the like.
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: options.spinning === true ? '1' : '0' } } },
    ...(options.externalData === undefined
      ? {}
      : { externalData: Object.entries(options.externalData).map(([path, data]) => ({ path, data })) }),
  };
}

function providerError(
  engine: OrtEngine,
  provider: Provider,
  model: string,
  reason: string,
  cause?: unknown,
): ProviderError {
  const available = Object.keys(engine.providers).filter((each) => each !== provider);
  return new ProviderError({ model, provider, reason, available }, cause === undefined ? undefined : { cause });
}

/** How the runtime says that it is older than the model. The tests read this from the runtime that is installed. */
const TOO_NEW = [
  { what: 'opset', pattern: /Opset (\d+) is under development.* domain \S+ is till opset (\d+)/ },
  { what: 'IR version', pattern: /Unsupported model IR version: (\d+), max supported IR version: (\d+)/ },
];

function tooNewFor(runtime: string, model: string, reason: string, cause: unknown): ModelTooNewError | undefined {
  for (const { what, pattern } of TOO_NEW) {
    const [, version, supported] = pattern.exec(reason) ?? [];
    if (version === undefined) continue;
    const facts = { model, runtime, what, version: Number(version), supported: Number(supported) };
    return new ModelTooNewError(facts, { cause });
  }
  return undefined;
}

function stopIfAborted({ name, signal }: OpenRequest): void {
  if (signal?.aborted !== true) return;
  throw new AbortedError({ what: `Opening model "${name}"` }, { cause: errorMessage(signal.reason) });
}
