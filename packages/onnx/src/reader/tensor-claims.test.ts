import { describe, expect, it } from 'vitest';
import { ProtoWriter } from '../writer/proto-writer.js';
import { inspectModel } from './index.js';

/** A model around the bytes of a graph that the writer would not write, with more fields beside it. */
function modelAround(graph: (out: ProtoWriter) => void, more: (out: ProtoWriter) => void = () => {}): Uint8Array {
  const out = new ProtoWriter()
    .int(1, 8)
    .message(7, graph)
    .message(8, (set) => set.string(1, '').int(2, 17));
  more(out);
  return out.finish();
}

/** A tensor of 4000 bytes that lies in another file. */
function external(location: string): (out: ProtoWriter) => void {
  return (out) =>
    out
      .int(1, 1000)
      .int(2, 1)
      .string(8, location)
      .message(13, (entry) => entry.string(1, 'offset').string(2, '0'))
      .message(13, (entry) => entry.string(1, 'location').string(2, location))
      .int(14, 1);
}

function withAttribute(attribute: (out: ProtoWriter) => void): (node: ProtoWriter) => void {
  return (node) => node.message(5, attribute);
}

describe('what the tensors of a model claim', () => {
  it('names the files that weights lie in, in the graph and in branches of it', () => {
    const bytes = modelAround((graph) =>
      graph
        .message(5, external('weights.bin'))
        .message(5, external('weights.bin'))
        .message(1, (node) =>
          node
            .message(5, (attribute) => attribute.message(5, external('constant.bin')))
            .message(5, (attribute) => attribute.message(6, (branch) => branch.message(5, external('branch.bin')))),
        ),
    );

    const info = inspectModel(bytes);

    expect(info.externalFiles).toEqual(['weights.bin', 'constant.bin', 'branch.bin']);
    expect(info.weights).toEqual({ count: 1, bytes: 16_000 });
  });

  it.each<[where: string, graph: (out: ProtoWriter) => void, model?: (out: ProtoWriter) => void]>([
    ['the values of a sparse weight', (out) => out.message(15, (sparse) => sparse.message(1, external('hidden')))],
    ['the indices of a sparse weight', (out) => out.message(15, (sparse) => sparse.message(2, external('hidden')))],
    [
      'a sparse constant',
      (out) =>
        out.message(
          1,
          withAttribute((attribute) => attribute.message(22, (inner) => inner.message(1, external('hidden')))),
        ),
    ],
    [
      'a list of sparse constants',
      (out) =>
        out.message(
          1,
          withAttribute((attribute) => attribute.message(23, (inner) => inner.message(2, external('hidden')))),
        ),
    ],
    [
      'an operation of a function',
      () => {},
      (out) =>
        out.message(25, (body) =>
          body.message(
            7,
            withAttribute((attribute) => attribute.message(5, external('hidden'))),
          ),
        ),
    ],
    [
      'a default of a function',
      () => {},
      (out) => out.message(25, (body) => body.message(11, (attribute) => attribute.message(5, external('hidden')))),
    ],
    [
      'a graph that sets training up',
      () => {},
      (out) => out.message(20, (training) => training.message(1, (graph) => graph.message(5, external('hidden')))),
    ],
    [
      'a graph that trains',
      () => {},
      (out) => out.message(20, (training) => training.message(2, (graph) => graph.message(5, external('hidden')))),
    ],
    [
      'a tensor that does not say that it lies elsewhere',
      (out) => out.message(5, (inner) => inner.message(13, (entry) => entry.string(1, 'location').string(2, 'hidden'))),
    ],
  ])('finds a file that is named in %s', (_where, graph, model) => {
    expect(inspectModel(modelAround(graph, model)).externalFiles).toEqual(['hidden']);
  });

  it('counts sparse weights as what they unfold to, and weights of sizes beyond all numbers', () => {
    const sparse = (out: ProtoWriter): void => {
      out
        .message(1, (values) => values.int(1, 1).int(2, 1).string(8, 'w').bytes(9, new Uint8Array(4)))
        .message(2, (indices) => indices.int(1, 1).int(2, 7).bytes(9, new Uint8Array(8)))
        .int(3, 1_000_000)
        .int(3, 1_000_000);
    };
    const bytes = modelAround((graph) => graph.message(15, sparse));
    expect(inspectModel(bytes).weights).toEqual({ count: 1, bytes: 4e12 });

    const endless = (out: ProtoWriter): void => {
      for (let axis = 0; axis < 20; axis += 1) out.int(1, 2n ** 62n);
      out.int(1, 0).int(2, 1).string(8, 'none').int(14, 1);
    };
    const both = modelAround((graph) => graph.message(5, endless).message(15, sparse));
    expect(inspectModel(both).weights).toEqual({ count: 2, bytes: 4e12 });
  });

  it('refuses a second graph, which a runtime would add to the first', () => {
    expect(() =>
      inspectModel(
        modelAround(
          () => {},
          (out) => out.message(7, () => {}),
        ),
      ),
    ).toThrow('it has two graphs');
  });

  it('refuses names of files without end', () => {
    const bytes = modelAround((graph) => {
      for (let count = 0; count < 5000; count += 1) graph.message(5, external(String(count)));
    });
    expect(() => inspectModel(bytes)).toThrow('it names more than 4096 other files');
  });
});
