import { AbortedError, errorMessage, silentLogger } from '@kinegraph/core/plugin';
import type { InferenceSession } from 'onnxruntime-common';
import { ModelRefusedError, ProviderError } from '../errors.js';
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
  readonly model: Uint8Array | string;
  readonly providers: readonly Provider[];
  readonly options: SessionOptions;
  readonly signal: AbortSignal | undefined;
}

/**
 * Opens a model on the first provider that works. When none of those asked for does, on the CPU, with one warning; where
 * the CPU was one of them, that is no more than worth knowing.
 * @throws ModelRefusedError, ProviderError, AbortedError
 */
export async function openSession(engineFor: EngineFor, request: OpenRequest): Promise<OnnxSession> {
  const { providers, options } = request;
  const failed: ProviderError[] = [];
  for (const provider of providers) {
    if (provider === 'cpu') break;
    const engine = await engineFor(provider);
    stopIfAborted(request);
    try {
      return await openOn(engine, provider, request);
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
  const session = await openOn(engine, 'cpu', request);
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

async function openOn(engine: OrtEngine, provider: Provider, request: OpenRequest): Promise<OnnxSession> {
  const { name, model } = request;
  const ortName = engine.providers[provider];
  if (ortName === undefined) throw providerError(engine, provider, name, `${engine.name} has no such provider here`);
  let session: InferenceSession;
  try {
    session = await engine.create(model, ortOptions(ortName, request.options));
  } catch (error) {
    const reason = plainReason(error);
    if (provider !== 'cpu') throw providerError(engine, provider, name, reason, error);
    throw new ModelRefusedError({ model: name, runtime: engine.name, reason }, { cause: error });
  }
  if (request.signal?.aborted === true) {
    await session.release();
    stopIfAborted(request);
  }
  return new OrtSession(name, provider, session, engine);
}

function ortOptions(provider: string, options: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: options.threads ?? 1,
    interOpNumThreads: 1,
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

function stopIfAborted({ name, signal }: OpenRequest): void {
  if (signal?.aborted !== true) return;
  throw new AbortedError({ what: `Opening model "${name}"` }, { cause: errorMessage(signal.reason) });
}
