import { KinegraphError } from '../../base/index.js';
import { nearestName } from '../../graph/index.js';
import { withFullStop } from '../errors.js';

/** Nothing goes by this name: no manifest lists it, and it is no file. */
export class ModelUnknownError extends KinegraphError {
  override readonly name = 'ModelUnknownError';
  readonly code = 'MODEL_UNKNOWN';
  override readonly data: { model: string; file?: string };
  /**
   * @param data - `file`: where a file of this name was looked for.
   * @param known - ids of the models there are, to name the nearest.
   */
  constructor(data: { model: string; file?: string }, known: readonly string[]) {
    const nearest = nearestName(data.model, known);
    super(
      `There is no model "${data.model}": no plugin lists it` +
        (data.file === undefined ? '. ' : `, and there is no file ${data.file}. `) +
        (nearest === undefined
          ? `Name a listed model${data.file === undefined ? '' : ', a file or an https URL'}.`
          : `Did you mean "${nearest}"?`),
    );
    this.data = data;
  }
}

/** A model's file, or the package that it is in, is not there. */
export class ModelMissingError extends KinegraphError {
  override readonly name = 'ModelMissingError';
  readonly code = 'MODEL_MISSING';
  constructor(
    override readonly data: { model: string; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(`Model "${data.model}" is not there: ${withFullStop(data.reason)} ${withFullStop(data.mend)}`, options);
  }
}

/** A model's bytes are not those that its manifest, its pin or its first download promise. They are not used. */
export class ModelCorruptError extends KinegraphError {
  override readonly name = 'ModelCorruptError';
  readonly code = 'MODEL_CORRUPT';
  constructor(
    override readonly data: { model: string; file: string; expectedSha256: string; actualSha256: string; mend: string },
  ) {
    super(
      `Model "${data.model}" is not used, because ${data.file} has the SHA-256 sum ${data.actualSha256} ` +
        `instead of ${data.expectedSha256}. ${withFullStop(data.mend)}`,
    );
  }
}

/** The plugin's builder failed, or made something else than its manifest promises. */
export class ModelBuildError extends KinegraphError {
  override readonly name = 'ModelBuildError';
  readonly code = 'MODEL_BUILD_FAILED';
  constructor(
    override readonly data: { model: string; plugin: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `Model "${data.model}" could not be built by plugin "${data.plugin}": ${withFullStop(data.reason)} ` +
        `Reinstall or update the plugin.`,
      options,
    );
  }
}

/** A model could not be downloaded. */
export class ModelDownloadError extends KinegraphError {
  override readonly name = 'ModelDownloadError';
  readonly code = 'MODEL_DOWNLOAD_FAILED';
  constructor(
    override readonly data: { url: string; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(`${data.url} could not be downloaded: ${withFullStop(data.reason)} ${withFullStop(data.mend)}`, options);
  }
}

/** A model would have to be downloaded, and this process may not. */
export class ModelOfflineError extends KinegraphError {
  override readonly name = 'ModelOfflineError';
  readonly code = 'MODEL_OFFLINE';
  constructor(override readonly data: { model: string; url: string; mend: string }) {
    super(
      `Model "${data.model}" is not there, and nothing is downloaded while Kinegraph is offline. ${withFullStop(data.mend)}`,
    );
  }
}

/** A model was fetched or built, and the disk did not take it. */
export class ModelNotKeptError extends KinegraphError {
  override readonly name = 'ModelNotKeptError';
  readonly code = 'MODEL_NOT_KEPT';
  constructor(
    override readonly data: { file: string; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(`${data.file} could not be written: ${withFullStop(data.reason)} ${withFullStop(data.mend)}`, options);
  }
}

/** A user's model file cannot be read as one. */
export class ModelFileError extends KinegraphError {
  override readonly name = 'ModelFileError';
  readonly code = 'MODEL_FILE_INVALID';
  constructor(
    override readonly data: { file: string; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(
      `The model file ${data.file} cannot be used: ${withFullStop(data.reason)} ${withFullStop(data.mend)}`,
      options,
    );
  }
}
