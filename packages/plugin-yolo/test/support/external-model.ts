/** A protobuf field: a number, or what has a length. */
function field(number: number, value: number | string | readonly number[]): number[] {
  if (typeof value === 'number') return [...varint(number * 8), ...varint(value)];
  const bytes = typeof value === 'string' ? Array.from(new TextEncoder().encode(value)) : value;
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** A float tensor's name and dims, as an input or output has them. */
function valueInfo(name: string, dims: readonly number[]): number[] {
  const shape = dims.flatMap((dim) => field(1, field(1, dim)));
  return [...field(1, name), ...field(2, field(1, [...field(1, 1), ...field(2, shape)]))];
}

/**
 * `output0 [1, 56, 60] = weights + mean(images)`, with the weights in another file: the writer of the project writes whole
 * files only. With several locations, a tensor of the same name for each.
 */
export function externalModel(...locations: string[]): Uint8Array {
  const keepNoAxes = field(5, [...field(1, 'keepdims'), ...field(3, 0), ...field(20, 2)]);
  const mean = [...field(1, 'images'), ...field(2, 'mean'), ...field(4, 'ReduceMean'), ...keepNoAxes];
  const sum = [...field(1, 'weights'), ...field(1, 'mean'), ...field(2, 'output0'), ...field(4, 'Add')];
  const place = (location: string) => field(13, [...field(1, 'location'), ...field(2, location)]);
  const weights = [1, 56, 60].flatMap((dim) => field(1, dim));
  const graph = [
    ...field(1, mean),
    ...field(1, sum),
    ...field(2, 'main_graph'),
    ...locations.flatMap((location) =>
      field(5, [...weights, ...field(2, 1), ...field(8, 'weights'), ...place(location), ...field(14, 1)]),
    ),
    ...field(11, valueInfo('images', [1, 3, 64, 64])),
    ...field(12, valueInfo('output0', [1, 56, 60])),
  ];
  return Uint8Array.from([...field(1, 8), ...field(7, graph), ...field(8, [...field(1, ''), ...field(2, 17)])]);
}
