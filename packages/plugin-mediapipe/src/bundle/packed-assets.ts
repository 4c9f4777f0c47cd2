import { ModelPartError } from '../errors.js';

/** One file inside an Emscripten `*_packed_assets.data` file: the bytes `start` up to but not including `end`. */
export interface PackedFile {
  readonly filename: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The table of contents of a packed assets file, as its loader script lists it: Emscripten's file packager writes
 * `loadPackage({"files": [...], "remote_package_size": n})` as JSON into the script. Nothing of the script is run.
 * @param loaderScript - text of the `*_packed_assets_loader.js` beside the data file.
 * @throws ModelPartError when there is no such table or it is inconsistent.
 */
export function parsePackedAssetsLoader(
  loaderScript: string,
  loaderName = 'packed assets loader',
): readonly PackedFile[] {
  const json = /loadPackage\((\{"files":\s*\[.*?\].*?\})\)/s.exec(loaderScript)?.[1];
  if (json === undefined) throw new ModelPartError({ part: loaderName, problem: 'it lists no packed files' });
  let table: unknown;
  try {
    table = JSON.parse(json);
  } catch {
    throw new ModelPartError({ part: loaderName, problem: 'its list of packed files is not JSON' });
  }
  const { files, remote_package_size: size } = table as { files: unknown[]; remote_package_size?: unknown };
  return files.map((file) => {
    if (!isPackedFile(file) || (typeof size === 'number' && file.end > size)) {
      throw new ModelPartError({
        part: loaderName,
        problem: `its entry ${JSON.stringify(file)} has no valid byte range`,
      });
    }
    return { filename: file.filename, start: file.start, end: file.end };
  });
}

function isPackedFile(file: unknown): file is PackedFile {
  if (typeof file !== 'object' || file === null) return false;
  const { filename, start, end } = file as Partial<PackedFile>;
  return (
    typeof filename === 'string' &&
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= Number(start) &&
    Number(start) <= Number(end)
  );
}

/** The entry whose path ends in `/<basename>`. @throws ModelPartError that names what there is. */
export function findPackedFile(files: readonly PackedFile[], basename: string): PackedFile {
  const found = files.find((file) => file.filename.endsWith(`/${basename}`));
  if (found === undefined) {
    const names = files.map((file) => file.filename.split('/').at(-1)).join(', ');
    throw new ModelPartError({ part: basename, problem: `the packed assets hold only ${names}` });
  }
  return found;
}

/** A view (no copy) of one packed file's bytes. @throws ModelPartError when the data file is too short. */
export function extractPackedFile(data: Uint8Array, file: PackedFile): Uint8Array {
  if (file.end > data.length) {
    throw new ModelPartError({
      part: file.filename,
      problem: `it should end at byte ${file.end} of a data file of ${data.length} bytes`,
    });
  }
  return data.subarray(file.start, file.end);
}
