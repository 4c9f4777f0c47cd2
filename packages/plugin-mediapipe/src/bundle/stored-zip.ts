import { crc32 } from './crc32.js';

/** A file to put into a zip. */
export interface ZipInput {
  /** ASCII, without a leading slash. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file found in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is; anything else: compressed. */
  readonly method: number;
  readonly crc32: number;
  /** A view of the stored bytes (still compressed where `method` says so). */
  readonly bytes: Uint8Array;
}

const LOCAL_HEADER = { signature: 0x04034b50, length: 30 } as const;
const CENTRAL_HEADER = { signature: 0x02014b50, length: 46 } as const;
const END_RECORD = { signature: 0x06054b50, length: 22 } as const;
const VERSION_NEEDED = 10; // stored files need nothing newer than 1.0
const FIRST_DATE = 0x0021; // 1980-01-01, the earliest that zip knows; the same input gives the same bytes every day

/** Writes a zip whose entries are stored without compression, with fixed dates: equal input gives equal bytes. */
export function writeStoredZip(files: readonly ZipInput[]): Uint8Array {
  const named = files.map((file) => ({
    ...file,
    nameBytes: new TextEncoder().encode(file.name),
    crc: crc32(file.bytes),
  }));
  const sum = (lengthOf: (file: (typeof named)[number]) => number): number =>
    named.reduce((total, file) => total + lengthOf(file), 0);
  const localLength = sum((file) => LOCAL_HEADER.length + file.nameBytes.length + file.bytes.length);
  const centralLength = sum((file) => CENTRAL_HEADER.length + file.nameBytes.length);
  const zip = new Uint8Array(localLength + centralLength + END_RECORD.length);
  const view = new DataView(zip.buffer);

  let local = 0;
  let central = localLength;
  for (const { nameBytes, bytes, crc } of named) {
    view.setUint32(local, LOCAL_HEADER.signature, true);
    writeCommonFields(view, local + 4, { nameLength: nameBytes.length, size: bytes.length, crc });
    zip.set(nameBytes, local + LOCAL_HEADER.length);
    zip.set(bytes, local + LOCAL_HEADER.length + nameBytes.length);

    view.setUint32(central, CENTRAL_HEADER.signature, true);
    view.setUint16(central + 4, VERSION_NEEDED, true);
    writeCommonFields(view, central + 6, { nameLength: nameBytes.length, size: bytes.length, crc });
    view.setUint32(central + 42, local, true);
    zip.set(nameBytes, central + CENTRAL_HEADER.length);

    local += LOCAL_HEADER.length + nameBytes.length + bytes.length;
    central += CENTRAL_HEADER.length + nameBytes.length;
  }
  view.setUint32(central, END_RECORD.signature, true);
  view.setUint16(central + 8, named.length, true);
  view.setUint16(central + 10, named.length, true);
  view.setUint32(central + 12, centralLength, true);
  view.setUint32(central + 16, localLength, true);
  return zip;
}

/** The run of fields that a local header and its central twin share, from "version needed" to the name's length. */
function writeCommonFields(view: DataView, at: number, file: { nameLength: number; size: number; crc: number }): void {
  view.setUint16(at, VERSION_NEEDED, true);
  view.setUint16(at + 8, FIRST_DATE, true); // flags, method (stored) and time stay 0
  view.setUint32(at + 10, file.crc, true);
  view.setUint32(at + 14, file.size, true);
  view.setUint32(at + 18, file.size, true);
  view.setUint16(at + 22, file.nameLength, true);
}

/**
 * The entries of a zip by its central directory, or a short phrase that says why the bytes are no readable zip
 * ("it is empty", "its end is missing"). Archives in several volumes and zip64 are not read; task bundles are neither.
 */
export function readZip(bytes: Uint8Array): readonly ZipEntry[] | string {
  if (bytes.length === 0) return 'it is empty';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (
    bytes.length < 4 ||
    (view.getUint32(0, true) !== LOCAL_HEADER.signature && view.getUint32(0, true) !== END_RECORD.signature)
  ) {
    return 'it does not begin like a zip file';
  }
  const end = findEndRecord(view);
  if (end === undefined)
    return `it is cut off after ${bytes.length} bytes: the zip's table of contents at the end is missing`;
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_HEADER.length > end || view.getUint32(at, true) !== CENTRAL_HEADER.signature)
      return 'its zip table of contents is damaged';
    const nameLength = view.getUint16(at + 28, true);
    const size = view.getUint32(at + 20, true);
    const local = view.getUint32(at + 42, true);
    if (local + LOCAL_HEADER.length > end || view.getUint32(local, true) !== LOCAL_HEADER.signature)
      return 'its zip table of contents is damaged';
    const start = local + LOCAL_HEADER.length + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > end || at + CENTRAL_HEADER.length + nameLength > end)
      return 'its zip table of contents is damaged';
    entries.push({
      name: new TextDecoder().decode(
        bytes.subarray(at + CENTRAL_HEADER.length, at + CENTRAL_HEADER.length + nameLength),
      ),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      bytes: bytes.subarray(start, start + size),
    });
    at += CENTRAL_HEADER.length + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record is the last thing in a zip but for a comment of up to 65535 bytes. */
function findEndRecord(view: DataView): number | undefined {
  const last = view.byteLength - END_RECORD.length;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    if (
      view.getUint32(at, true) === END_RECORD.signature &&
      at + END_RECORD.length + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  return undefined;
}
