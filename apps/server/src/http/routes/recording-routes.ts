import type { Response } from 'express';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  deleteRecording,
  downloadRecording,
  getRecording,
  listRecordings,
  startRecording,
  stopRecording,
  trimRecording,
} from '../../api/operations/recording-operations.js';
import { hasTag } from '../has-tag.js';
import { RangeNotSatisfiableError } from '../../recordings/recording-errors.js';
import { RecordingsFolder } from '../../recordings/recordings-folder.js';
import { RunRecordings } from '../../recordings/run-recordings.js';

/** What was recorded, and recording. */
@injectable()
export class RecordingRoutes implements ApiRoutes {
  constructor(
    @inject(RunRecordings) private readonly recordings: RunRecordings,
    @inject(RecordingsFolder) private readonly folder: RecordingsFolder,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listRecordings, async () => ({ recordings: await this.recordings.list() })),
      handled(startRecording, async ({ body, response }) => {
        const recording = await this.recordings.start(body);
        response.location(`/api/v1/recordings/${recording.id}`);
        return recording;
      }),
      handled(getRecording, async ({ params }) => await this.recordings.get(params.recording)),
      handled(deleteRecording, async ({ params }) => await this.recordings.delete(params.recording)),
      handled(stopRecording, async ({ params }) => await this.recordings.stop(params.recording)),
      handled(trimRecording, async ({ params, body, response }) => {
        const recording = await this.recordings.trim(params.recording, body);
        response.location(`/api/v1/recordings/${recording.id}`);
        return recording;
      }),
      handled(downloadRecording, async ({ params, request, response }) => {
        const { name, bytes, mtimeMs } = await this.folder.file(params.recording, params.part);
        const tag = `"${bytes.toString(36)}-${mtimeMs.toString(36)}"`;
        response.set({ ETag: tag, 'Cache-Control': 'private, no-cache' });
        if (hasTag(request.get('If-None-Match'), tag)) {
          response.status(304).end();
          return;
        }
        response.attachment(name);
        response.type('application/octet-stream');
        await sendFile(response, this.folder.folder, name);
      }),
    ];
  }
}

/** Answers with a file, or the range of it that was asked for. Settles when it is sent, or the client has left. */
async function sendFile(response: Response, folder: string, name: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const options = { root: folder, dotfiles: 'allow', cacheControl: false } as const;
      response.sendFile(name, options, (error?: Error) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    const hasLeft = error instanceof Error && 'code' in error && error.code === 'ECONNABORTED';
    if (hasLeft || response.destroyed) return;
    for (const header of ['Content-Type', 'Content-Disposition', 'Content-Length']) response.removeHeader(header);
    if (error instanceof Error && 'status' in error && error.status === 416)
      throw new RangeNotSatisfiableError({ range: response.req.get('Range') ?? '' });
    throw error;
  }
}
