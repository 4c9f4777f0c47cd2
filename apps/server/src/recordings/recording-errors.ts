import { KinegraphError } from '@kinegraph/core';

/** There is no such recording, or no such part of it. */
export class RecordingUnknownError extends KinegraphError {
  override readonly name = 'RecordingUnknownError';
  readonly code = 'SERVER_RECORDING_UNKNOWN';
  constructor(override readonly data: { recording: string; part?: number }) {
    const what = data.part === undefined ? '' : `part ${data.part} of the `;
    super(`There is no ${what}recording "${data.recording}" here. GET /api/v1/recordings lists those there are.`);
  }
}

/** Somebody needs the recording just now. */
export class RecordingInUseError extends KinegraphError {
  override readonly name = 'RecordingInUseError';
  readonly code = 'SERVER_RECORDING_IN_USE';
  constructor(override readonly data: { recording: string; use: 'written' | 'played' }) {
    super(`The recording "${data.recording}" is being ${data.use} and stays. Stop what does so first.`);
  }
}

/** Only what a client has started is a client's to stop. */
export class RecordingNotStartedError extends KinegraphError {
  override readonly name = 'RecordingNotStartedError';
  readonly code = 'SERVER_RECORDING_NOT_STARTED';
  constructor(override readonly data: { recording: string; isWritten: boolean }) {
    super(
      data.isWritten
        ? `The recording "${data.recording}" is written by a node of a graph. Stop its run, or take the node out of the graph.`
        : `The recording "${data.recording}" is not being written. POST /api/v1/recordings starts another.`,
    );
  }
}

/** The run to record is over. */
export class RecordingRunEndedError extends KinegraphError {
  override readonly name = 'RecordingRunEndedError';
  readonly code = 'SERVER_RECORDING_RUN_ENDED';
  constructor(override readonly data: { run: string }) {
    super(`The run "${data.run}" has ended, so there is nothing to record. Start it again first.`);
  }
}

/** As many recordings go on as may. */
export class TooManyRecordingsError extends KinegraphError {
  override readonly name = 'TooManyRecordingsError';
  readonly code = 'SERVER_TOO_MANY_RECORDINGS';
  constructor(override readonly data: { most: number }) {
    super(`${data.most} recordings that clients have started go on already, which is the most. Stop one first.`);
  }
}

/** A node has nothing to record. */
export class RecordingNodeError extends KinegraphError {
  override readonly name = 'RecordingNodeError';
  readonly code = 'SERVER_RECORDING_NODE';
  constructor(override readonly data: { node?: string; run: string }) {
    const what =
      data.node === undefined
        ? `The run "${data.run}" has no node`
        : `Node "${data.node}" of run "${data.run}" is none`;
    super(`${what} that can be recorded. Name sinks, or sources and transforms that give frames.`);
  }
}

/** A recording could not be begun. */
export class RecordingStartError extends KinegraphError {
  override readonly name = 'RecordingStartError';
  readonly code = 'SERVER_RECORDING_START';
  constructor(
    override readonly data: { reason: string },
    options?: ErrorOptions,
  ) {
    super(`The recording could not be begun: ${data.reason}. Look after the folder "recordings.folder".`, options);
  }
}

/** What is to be kept of a recording cannot be read. */
export class RecordingUnreadableError extends KinegraphError {
  override readonly name = 'RecordingUnreadableError';
  readonly code = 'SERVER_RECORDING_UNREADABLE';
  constructor(
    override readonly data: { recording: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The recording "${data.recording}" cannot be read whole: ${data.reason}. Choose a span before that.`,
      options,
    );
  }
}

/** A range of a file that is beyond its end. */
export class RangeNotSatisfiableError extends KinegraphError {
  override readonly name = 'RangeNotSatisfiableError';
  readonly code = 'SERVER_RANGE_NOT_SATISFIABLE';
  constructor(override readonly data: { range: string }) {
    super(`The range "${data.range}" is not in the file. Content-Range tells how many bytes there are.`);
  }
}
