import { ModelPartError } from '../errors.js';
import { METADATA_FIELD, MODEL_FIELD, MODEL_FIELD_COUNT, openTflite, readTfliteMetadata } from './tflite-file.js';

/** Tensors in a TFLite file are aligned to at most this many bytes, so a shift by a multiple keeps all alignments. */
const ALIGNMENT = 64;

/**
 * Adds a metadata entry to a TensorFlow Lite model without touching its bytes. FlatBuffers offsets only point forward,
 * so a new root table with new `buffers` and `metadata` vectors is put *in front of* the old file: their entries point
 * into the old file, which stays as it is, its own root merely no longer used. The added head is a multiple of 64 bytes.
 *
 * ```
 * root offset | "TFL3" | root table | buffers | metadata | new Buffer | new Metadata | name | data | padding | old file
 * ```
 * @throws ModelPartError when `model` is no TFLite file or has an entry of this name already.
 */
export function addTfliteMetadata(model: Uint8Array, name: string, data: Uint8Array, fileName = 'model'): Uint8Array {
  const old = openTflite(model, fileName);
  if (readTfliteMetadata(model, name, fileName) !== undefined) {
    throw new ModelPartError({ part: fileName, problem: `it has a metadata entry "${name}" already` });
  }
  const root = old.root();
  const fields = Array.from({ length: MODEL_FIELD_COUNT }, (_, index) => old.field(root, index));
  const version = fields[MODEL_FIELD.version];
  const vectorEntries = (field: number): readonly number[] => {
    const position = fields[field];
    return position === undefined || position === 0 ? [] : old.tablesOf(old.follow(position));
  };
  const buffers = vectorEntries(MODEL_FIELD.buffers);
  const entries = vectorEntries(MODEL_FIELD.metadata);
  const nameBytes = new TextEncoder().encode(name);

  // Where everything comes to lie; each part starts at a multiple of 4.
  const vtableAt = 8;
  const tableAt = align(vtableAt + 4 + 2 * MODEL_FIELD_COUNT, 4);
  const buffersAt = tableAt + 4 + 4 * MODEL_FIELD_COUNT;
  const entriesAt = buffersAt + 4 + 4 * (buffers.length + 1);
  const bufferTableAt = entriesAt + 4 + 4 * (entries.length + 1) + 8; // its vtable (6 bytes) lies in the 8 before it
  const entryTableAt = bufferTableAt + 8 + 8; // its vtable (8 bytes) lies right before it
  const nameAt = entryTableAt + 12;
  const dataAt = align(nameAt + 4 + nameBytes.length + 1 + 4, 16) - 4; // a Buffer's bytes are aligned to 16
  const headLength = align(dataAt + 4 + data.length, ALIGNMENT);

  const file = new Uint8Array(headLength + model.length);
  file.set(model, headLength);
  const view = new DataView(file.buffer);
  const offsetTo = (slot: number, target: number): void => view.setUint32(slot, target - slot, true);

  offsetTo(0, tableAt);
  file.set(model.subarray(4, 8), 4);

  view.setUint16(vtableAt, 4 + 2 * MODEL_FIELD_COUNT, true);
  view.setUint16(vtableAt + 2, 4 + 4 * MODEL_FIELD_COUNT, true);
  view.setInt32(tableAt, tableAt - vtableAt, true);
  fields.forEach((position, field) => {
    const isReplaced = field === MODEL_FIELD.buffers || field === MODEL_FIELD.metadata;
    if (position === 0 && !isReplaced) return; // absent before, absent now
    const slot = tableAt + 4 + 4 * field;
    view.setUint16(vtableAt + 4 + 2 * field, slot - tableAt, true);
    if (field === MODEL_FIELD.version) view.setUint32(slot, version === undefined ? 0 : old.uint32(version), true);
    else if (field === MODEL_FIELD.buffers) offsetTo(slot, buffersAt);
    else if (field === MODEL_FIELD.metadata) offsetTo(slot, entriesAt);
    else offsetTo(slot, headLength + old.follow(position));
  });

  const writeVector = (at: number, oldTables: readonly number[], newTable: number): void => {
    view.setUint32(at, oldTables.length + 1, true);
    oldTables.forEach((position, index) => offsetTo(at + 4 + 4 * index, headLength + position));
    offsetTo(at + 4 + 4 * oldTables.length, newTable);
  };
  writeVector(buffersAt, buffers, bufferTableAt);
  writeVector(entriesAt, entries, entryTableAt);

  const bufferVtableAt = bufferTableAt - 8;
  [6, 8, 4].forEach((value, index) => view.setUint16(bufferVtableAt + 2 * index, value, true));
  view.setInt32(bufferTableAt, bufferTableAt - bufferVtableAt, true);
  offsetTo(bufferTableAt + 4, dataAt);

  const entryVtableAt = entryTableAt - 8;
  [8, 12, 4, 8].forEach((value, index) => view.setUint16(entryVtableAt + 2 * index, value, true));
  view.setInt32(entryTableAt, entryTableAt - entryVtableAt, true);
  offsetTo(entryTableAt + 4 + 4 * METADATA_FIELD.name, nameAt);
  view.setUint32(entryTableAt + 4 + 4 * METADATA_FIELD.buffer, buffers.length, true);

  view.setUint32(nameAt, nameBytes.length, true);
  file.set(nameBytes, nameAt + 4);
  view.setUint32(dataAt, data.length, true);
  file.set(data, dataAt + 4);
  return file;
}

function align(position: number, to: number): number {
  return Math.ceil(position / to) * to;
}
