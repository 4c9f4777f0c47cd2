import { ByteWriter } from './protobuf.js';

/** A schema as MCAP keeps it. */
export interface RecordingSchema {
  readonly name: string;
  readonly encoding: 'protobuf' | 'jsonschema';
  readonly data: Uint8Array;
  /** Of the messages under it. */
  readonly messageEncoding: 'protobuf' | 'json';
}

/** Numbers of google.protobuf's descriptor.proto. */
const TYPE = { int64: 3, int32: 5, string: 9, message: 11, bytes: 12 } as const;
const OPTIONAL = 1;

interface ProtoField {
  readonly name: string;
  readonly number: number;
  readonly type: (typeof TYPE)[keyof typeof TYPE];
  readonly typeName?: string;
}

function fieldDescriptor({ name, number, type, typeName }: ProtoField): Uint8Array {
  const field = new ByteWriter(256).text(1, name).varint(3, number).varint(4, OPTIONAL).varint(5, type);
  return (typeName === undefined ? field : field.text(6, typeName)).finish();
}

function fileDescriptor(
  file: string,
  packageName: string,
  imports: readonly string[],
  message: string,
  fields: readonly ProtoField[],
): Uint8Array {
  const type = new ByteWriter(1024).text(1, message);
  for (const field of fields) type.bytes(2, fieldDescriptor(field));
  const writer = new ByteWriter(2048).text(1, file).text(2, packageName);
  for (const name of imports) writer.text(3, name);
  return writer.bytes(4, type.finish()).text(12, 'proto3').finish();
}

/** The FileDescriptorSet of `foxglove.CompressedImage` with all that it imports. */
function compressedImageDescriptor(): Uint8Array {
  const timestamp = fileDescriptor('google/protobuf/timestamp.proto', 'google.protobuf', [], 'Timestamp', [
    { name: 'seconds', number: 1, type: TYPE.int64 },
    { name: 'nanos', number: 2, type: TYPE.int32 },
  ]);
  const image = fileDescriptor(
    'foxglove/CompressedImage.proto',
    'foxglove',
    ['google/protobuf/timestamp.proto'],
    'CompressedImage',
    [
      { name: 'timestamp', number: 1, type: TYPE.message, typeName: '.google.protobuf.Timestamp' },
      { name: 'frame_id', number: 4, type: TYPE.string },
      { name: 'data', number: 2, type: TYPE.bytes },
      { name: 'format', number: 3, type: TYPE.string },
    ],
  );
  return new ByteWriter(4096).bytes(1, timestamp).bytes(1, image).finish();
}

const number = { type: 'number' };
const place = {
  timestampMs: { ...number, description: "Milliseconds of the stream, on the run's clock." },
  capturedAtMs: { ...number, description: "The sender's clock at capture." },
  clockOffsetMs: { ...number, description: "What to add to capturedAtMs to get the run's clock." },
  sequence: { ...number, description: "The sender's count." },
  source: { type: 'string', description: 'The node the packet comes from.' },
};
const rows = {
  type: 'array',
  description: 'x, y, z, visibility of each point.',
  items: { type: 'array', items: number },
};

function jsonSchema(title: string, value: object): Uint8Array {
  const schema = { title, type: 'object', properties: { ...place, value }, required: [...Object.keys(place), 'value'] };
  return new TextEncoder().encode(JSON.stringify(schema));
}

/** Frames: encoded images as they came. */
export const FRAME_SCHEMA: RecordingSchema = {
  name: 'foxglove.CompressedImage',
  encoding: 'protobuf',
  data: compressedImageDescriptor(),
  messageEncoding: 'protobuf',
};

/** The values of ports `landmarks/...`. */
export const LANDMARKS_SCHEMA: RecordingSchema = {
  name: 'kinegraph.Landmarks',
  encoding: 'jsonschema',
  messageEncoding: 'json',
  data: jsonSchema('Landmarks', {
    type: 'object',
    properties: {
      frameWidth: number,
      frameHeight: number,
      tracks: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            skeleton: { type: 'string' },
            trackId: number,
            score: number,
            handedness: { type: 'string' },
            handednessScore: number,
            image: rows,
            world: rows,
          },
        },
      },
    },
  }),
};

/** Everything else. */
export const VALUE_SCHEMA: RecordingSchema = {
  name: 'kinegraph.Value',
  encoding: 'jsonschema',
  messageEncoding: 'json',
  data: jsonSchema('Value', {}),
};
