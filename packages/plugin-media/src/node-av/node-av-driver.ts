import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DecoderMissingError } from '../decoder/errors.js';
import { FrameProtocolParser } from '../decoder/frame-protocol.js';
import type { DecoderNote } from '../decoder/frame-record.js';
import type { DecoderDriver, DecodeRequest, FrameStream } from '../decoder/frame-stream.js';
import { judgeOutcome } from '../decoder/judge-outcome.js';
import type { OpenFault } from '../decoder/judge-outcome.js';
import { checkMediaFile } from '../decoder/media-file.js';
import { openProcessFrameStream } from '../decoder/process-frame-stream.js';
import { seekTargetMs } from '../decoder/seek-target.js';
import { ChildFault } from './decode-job.js';
import type { DecodeJob } from './decode-job.js';

type Fault = Extract<DecoderNote, { type: 'fault' }>;

/** Decodes with the package `node-av`, whose FFmpeg comes prebuilt, in a Node process of its own. */
export class NodeAvDriver implements DecoderDriver {
  readonly name = 'node-av';

  /** @param childEntry - the compiled child, for tests */
  constructor(private readonly childEntry: string = compiledChildEntry()) {}

  async open(request: DecodeRequest): Promise<FrameStream> {
    await checkMediaFile(request.input.path);
    let fault: Fault | undefined;
    return openProcessFrameStream(
      {
        driver: this.name,
        file: process.execPath,
        args: [
          this.childEntry,
          JSON.stringify(jobOf(request, await seekTargetMs(request.input.path, request.startMs))),
        ],
        env: childEnvironment(process.env),
        lifeline: true,
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
            : judgeOutcome(this.name, request, facts, outcome, openFaultOf(fault)),
      },
      request,
    );
  }
}

function jobOf(request: DecodeRequest, seekMs: number): DecodeJob {
  return {
    path: path.resolve(request.input.path),
    seekMs,
    ...(request.shortSide === undefined ? {} : { shortSide: request.shortSide }),
    ...(request.startMs === undefined ? {} : { startMs: request.startMs }),
    ...(request.endMs === undefined ? {} : { endMs: request.endMs }),
  };
}

function openFaultOf(fault: Fault | undefined): OpenFault | undefined {
  if (fault?.code === ChildFault.noVideo) return { kind: 'no-video' };
  return fault?.code === ChildFault.unreadable ? { kind: 'unreadable', reason: fault.detail } : undefined;
}

/** Without what would make the child open an inspector or load the parent's hooks. */
function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...rest } = env;
  return rest;
}

/** The child is always run compiled: this file lies in `dist`, or in `src` under a test runner that compiles by itself. */
function compiledChildEntry(): string {
  const beside = fileURLToPath(new URL('child.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/node-av/child.js', import.meta.url));
}
