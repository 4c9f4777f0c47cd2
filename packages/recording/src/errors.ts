import { KinegraphError } from '@kinegraph/core/plugin';

/** A value that would not come back from a file as it was. */
export class NotRecordableError extends KinegraphError {
  override readonly name = 'NotRecordableError';
  readonly code = 'RECORDING_VALUE';
  constructor(override readonly data: { where: string; found: string }) {
    super(
      `The value cannot be recorded: ${data.where} is ${data.found}. Allowed are frames, numbers, text, booleans, null, typed arrays, ` +
        `and plain lists and objects of these. Record the packets before the node that makes this.`,
    );
  }
}

/** There is no recording of that name. */
export class RecordingMissingError extends KinegraphError {
  override readonly name = 'RecordingMissingError';
  readonly code = 'RECORDING_MISSING';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `There is no recording at "${data.path}" (${data.reason}). Name one file, as in hall.0001.mcap, or all parts by their beginning, ` +
        `as in hall; relative paths start at the folder of the graph document.`,
      options,
    );
  }
}

/** The bytes are no MCAP file. */
export class NotARecordingError extends KinegraphError {
  override readonly name = 'NotARecordingError';
  readonly code = 'RECORDING_NOT_MCAP';
  constructor(override readonly data: { path: string }) {
    super(`"${data.path}" is no MCAP file: it does not begin as one. Name a file that media.sink.recording wrote.`);
  }
}

/** A file is damaged in its middle; all before the place has been read. */
export class RecordingDamagedError extends KinegraphError {
  override readonly name = 'RecordingDamagedError';
  readonly code = 'RECORDING_DAMAGED';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.path}" is damaged: ${data.reason}. What stands before the damage was read; mend a copy of the file to keep that part, ` +
        `or copy it again from where it came.`,
      options,
    );
  }
}

/** A file that another program wrote, in another layout, cannot be mended here. */
export class ForeignRecordingError extends KinegraphError {
  override readonly name = 'ForeignRecordingError';
  readonly code = 'RECORDING_FOREIGN';
  constructor(override readonly data: { path: string; at: number }) {
    super(
      `"${data.path}" cannot be mended: at byte ${data.at} stands something that Kinegraph does not write, so another program made it. ` +
        `Use that program's own tool, or "mcap recover".`,
    );
  }
}

/** A file from elsewhere whose chunks are compressed. */
export class RecordingCompressedError extends KinegraphError {
  override readonly name = 'RecordingCompressedError';
  readonly code = 'RECORDING_COMPRESSED';
  constructor(override readonly data: { path: string; compression: string }) {
    super(
      `"${data.path}" is compressed with "${data.compression}", which is not read here. ` +
        `Write it again without, for example with "mcap compress --compression none".`,
    );
  }
}

/** A recording of a layout that this version does not know. */
export class RecordingVersionError extends KinegraphError {
  override readonly name = 'RecordingVersionError';
  readonly code = 'RECORDING_VERSION';
  constructor(override readonly data: { path: string; version: string; newest: number }) {
    super(
      `"${data.path}" is a recording of version "${data.version}", and this Kinegraph reads those up to ${data.newest}. ` +
        `Use it with the Kinegraph that wrote it, or a later one.`,
    );
  }
}

/** A recording has no such topic, or one of another kind. */
export class RecordingTopicError extends KinegraphError {
  override readonly name = 'RecordingTopicError';
  readonly code = 'RECORDING_TOPIC';
  constructor(
    override readonly data: { path: string; topic: string | undefined; wanted: string; topics: readonly string[] },
  ) {
    const asked =
      data.topic === undefined
        ? `not exactly one topic of ${data.wanted}`
        : `no topic "${data.topic}" of ${data.wanted}`;
    const there = data.topics.length === 0 ? 'none at all' : data.topics.join(', ');
    super(`"${data.path}" has ${asked}. It has ${there}. Set "topic" to one that fits.`);
  }
}

/** Sinks of one run share a file but ask for different limits. */
export class RecordingLimitsError extends KinegraphError {
  override readonly name = 'RecordingLimitsError';
  readonly code = 'RECORDING_LIMITS';
  constructor(override readonly data: { path: string; key: string }) {
    super(
      `Two sinks of this run record into "${data.path}" but differ in "${data.key}". Give both the same, or another path to one.`,
    );
  }
}

/** A topic is written by another sink of the run. */
export class RecordingTopicTakenError extends KinegraphError {
  override readonly name = 'RecordingTopicTakenError';
  readonly code = 'RECORDING_TOPIC_TAKEN';
  constructor(override readonly data: { path: string; topic: string }) {
    super(
      `Two sinks of this run record into "${data.path}" as topic "${data.topic}". Give one of them another "topic".`,
    );
  }
}

/** A recording cannot be written where it should be. Once it has begun, it is tried again by itself. */
export class RecordingWriteError extends KinegraphError {
  override readonly name = 'RecordingWriteError';
  readonly code = 'RECORDING_WRITE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.path}" cannot be recorded: ${data.reason}. Name a place in a folder that may be written to.`,
      options,
    );
  }
}

/** There is no room left to record. It is tried again by itself. */
export class RecordingDiskFullError extends KinegraphError {
  override readonly name = 'RecordingDiskFullError';
  readonly code = 'RECORDING_DISK_FULL';
  constructor(
    override readonly data: { path: string; freeBytes: number; minFreeBytes: number },
    options?: ErrorOptions,
  ) {
    super(
      `No room to record "${data.path}": ${data.freeBytes} bytes are free, and ${data.minFreeBytes} are to stay so. What was written ` +
        `is complete and stays; the run goes on, and recording begins again, in a new part, once there is room. Delete or move something.`,
      options,
    );
  }
}

/** Parts that are beyond what is to be kept cannot be deleted. It is tried again by itself. */
export class RecordingDeleteError extends KinegraphError {
  override readonly name = 'RecordingDeleteError';
  readonly code = 'RECORDING_DELETE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `What is older than is to be kept cannot be deleted at "${data.path}": ${data.reason}. Recording goes on, and it is tried again ` +
        `with the next part. Delete it by hand, or give the user of this process the right to.`,
      options,
    );
  }
}

/** Nothing was recorded in the span that was asked for. */
export class RecordingSpanEmptyError extends KinegraphError {
  override readonly name = 'RecordingSpanEmptyError';
  readonly code = 'RECORDING_SPAN_EMPTY';
  constructor(override readonly data: { recording: string; fromMs: number; toMs: number; durationMs: number }) {
    super(
      `Nothing of the recording "${data.recording}" lies from ${data.fromMs} to ${data.toMs} ms: it is ${Math.ceil(data.durationMs)} ms long, ` +
        'counted from its first message. Choose a span in which something was recorded.',
    );
  }
}
