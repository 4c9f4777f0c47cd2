import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DecoderMissingError } from '../decoder/errors.js';
import { FrameProtocolParser } from '../decoder/frame-protocol.js';
import type { DecoderNote } from '../decoder/frame-record.js';
import { isFileRequest, isLiveRequest } from '../decoder/frame-stream.js';
import type {
  DecoderDriver,
  DecodeRequest,
  FileRequest,
  FrameStream,
  LiveRequest,
  StreamFacts,
} from '../decoder/frame-stream.js';
import { judgeOutcome } from '../decoder/judge-outcome.js';
import type { OpenFault } from '../decoder/judge-outcome.js';
import { liveCommand } from '../decoder/live-command.js';
import { liveOptions } from '../decoder/live-options.js';
import { checkMediaFile } from '../decoder/media-file.js';
import { openProcessFrameStream } from '../decoder/process-frame-stream.js';
import type { DecodeOutcome, DecoderCommand } from '../decoder/process-frame-stream.js';
import { seekTargetMs } from '../decoder/seek-target.js';
import { ChildFault, JOB_VARIABLE } from './decode-job.js';
import type { DecodeJob, FileJob, LiveJob } from './decode-job.js';

type Fault = Extract<DecoderNote, { type: 'fault' }>;

/** Decodes with the package `node-av`, whose FFmpeg comes prebuilt, in a Node process of its own. */
export class NodeAvDriver implements DecoderDriver {
  readonly name = 'node-av';

  /** @param childEntry - the compiled child, for tests */
  constructor(private readonly childEntry: string = compiledChildEntry()) {}

  async open(request: DecodeRequest): Promise<FrameStream> {
    if (isFileRequest(request)) return this.#openFile(request);
    if (isLiveRequest(request)) return this.#openLive(request);
    throw new TypeError('The request is neither for a file nor for a live input.');
  }

  async #openFile(request: FileRequest): Promise<FrameStream> {
    await checkMediaFile(request.input.path);
    const job = fileJobOf(request, await seekTargetMs(request.input.path, request.startMs));
    return this.#start(job, request, {
      judge: (outcome, facts, fault) => judgeOutcome(this.name, request, facts, outcome, openFaultOf(fault)),
    });
  }

  #openLive(request: LiveRequest): Promise<FrameStream> {
    return this.#start(liveJobOf(request), request, liveCommand(request.input));
  }

  #start(
    job: DecodeJob,
    request: DecodeRequest,
    {
      judge,
      ...rest
    }: Pick<DecoderCommand, 'scrub' | 'silence'> & {
      judge: (outcome: DecodeOutcome, facts: StreamFacts, fault: Fault | undefined) => Error | undefined;
    },
  ): Promise<FrameStream> {
    let fault: Fault | undefined;
    return openProcessFrameStream(
      {
        ...rest,
        driver: this.name,
        file: process.execPath,
        args: [this.childEntry],
        env: childEnvironment(process.env, job),
        stdin: 'lifeline',
        parser: (events, facts) => {
          const onNote = (note: DecoderNote): void => {
            if (note.type === 'fault') fault = note;
            else if (note.durationMs !== undefined) facts.durationMs = note.durationMs;
          };
          return new FrameProtocolParser({ ...events, onNote }, this.name);
        },
        judge: (outcome, facts) =>
          fault?.code === ChildFault.noPackage
            ? new DecoderMissingError({
                wanted: 'node-av',
                reason: 'the package node-av or its binary for this platform is missing',
              })
            : judge(outcome, facts, fault),
      },
      request,
    );
  }
}

function fileJobOf(request: FileRequest, seekMs: number): FileJob {
  return {
    kind: 'file',
    path: path.resolve(request.input.path),
    seekMs,
    ...(request.shortSide === undefined ? {} : { shortSide: request.shortSide }),
    ...(request.startMs === undefined ? {} : { startMs: request.startMs }),
    ...(request.endMs === undefined ? {} : { endMs: request.endMs }),
  };
}

function liveJobOf({ input, frameTimeoutMs, shortSide }: LiveRequest): LiveJob {
  return {
    kind: 'live',
    ...(input.kind === 'url'
      ? { address: input.url }
      : { address: input.format === 'dshow' ? `video=${input.device}` : input.device, format: input.format }),
    options: liveOptions(input, frameTimeoutMs),
    ...(shortSide === undefined ? {} : { shortSide }),
  };
}

function openFaultOf(fault: Fault | undefined): OpenFault | undefined {
  if (fault?.code === ChildFault.noVideo) return { kind: 'no-video' };
  return fault?.code === ChildFault.unreadable ? { kind: 'unreadable', reason: fault.detail } : undefined;
}

/** The job, and nothing that would make the child open an inspector or load the parent's hooks. */
function childEnvironment(env: NodeJS.ProcessEnv, job: DecodeJob): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...rest } = env;
  return { ...rest, [JOB_VARIABLE]: JSON.stringify(job) };
}

/** The child is always run compiled: this file lies in `dist`, or in `src` under a test runner that compiles by itself. */
function compiledChildEntry(): string {
  const beside = fileURLToPath(new URL('child.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/node-av/child.js', import.meta.url));
}
