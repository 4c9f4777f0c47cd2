import { Builder } from 'flatbuffers';

/** How pixel values (0-255) become model input: (value - mean) / std, the same for the three channels. */
export interface Normalization {
  readonly mean: number;
  readonly std: number;
}

/** The name under which TFLite models carry their metadata. */
export const METADATA_NAME = 'TFLITE_METADATA';

// Places of the fields in the tables of TensorFlow's metadata_schema.fbs (file identifier M001).
const MODEL = { fields: 8, name: 0, subgraphMetadata: 3, minParserVersion: 7 } as const;
const SUBGRAPH = { fields: 10, inputTensorMetadata: 2 } as const;
const TENSOR = { fields: 7, name: 0, processUnits: 4 } as const;
const PROCESS_UNIT = { fields: 2, optionsType: 0, options: 1 } as const;
const NORMALIZATION = { fields: 2, mean: 0, std: 1 } as const;
/** Member `NormalizationOptions` of the union ProcessUnitOptions. */
const NORMALIZATION_OPTIONS = 1;

/**
 * A ModelMetadata flatbuffer that says how the single image input of a model is normalised; all that MediaPipe's
 * tasks ask of metadata.
 * @see https://github.com/tensorflow/tflite-support/blob/master/tensorflow_lite_support/metadata/metadata_schema.fbs
 */
export function encodeModelMetadata(modelName: string, normalization: Normalization): Uint8Array {
  const builder = new Builder(256);
  const mean = floatVector(builder, normalization.mean);
  const std = floatVector(builder, normalization.std);
  const options = table(builder, NORMALIZATION.fields, () => {
    builder.addFieldOffset(NORMALIZATION.mean, mean, 0);
    builder.addFieldOffset(NORMALIZATION.std, std, 0);
  });
  const unit = table(builder, PROCESS_UNIT.fields, () => {
    builder.addFieldInt8(PROCESS_UNIT.optionsType, NORMALIZATION_OPTIONS, 0);
    builder.addFieldOffset(PROCESS_UNIT.options, options, 0);
  });
  const units = offsetVector(builder, unit);
  const inputName = builder.createString('image');
  const input = table(builder, TENSOR.fields, () => {
    builder.addFieldOffset(TENSOR.name, inputName, 0);
    builder.addFieldOffset(TENSOR.processUnits, units, 0);
  });
  const inputs = offsetVector(builder, input);
  const subgraph = table(builder, SUBGRAPH.fields, () =>
    builder.addFieldOffset(SUBGRAPH.inputTensorMetadata, inputs, 0),
  );
  const subgraphs = offsetVector(builder, subgraph);
  const name = builder.createString(modelName);
  const version = builder.createString('1.0.0');
  const model = table(builder, MODEL.fields, () => {
    builder.addFieldOffset(MODEL.name, name, 0);
    builder.addFieldOffset(MODEL.subgraphMetadata, subgraphs, 0);
    builder.addFieldOffset(MODEL.minParserVersion, version, 0);
  });
  builder.finish(model, 'M001');
  return builder.asUint8Array();
}

function table(builder: Builder, fieldCount: number, addFields: () => void): number {
  builder.startObject(fieldCount);
  addFields();
  return builder.endObject();
}

function offsetVector(builder: Builder, offset: number): number {
  builder.startVector(4, 1, 4);
  builder.addOffset(offset);
  return builder.endVector();
}

function floatVector(builder: Builder, value: number): number {
  builder.startVector(4, 1, 4);
  builder.addFloat32(value);
  return builder.endVector();
}
