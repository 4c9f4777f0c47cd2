/** Files that people take for ONNX files, by what they begin with. */
const FOREIGN: readonly { readonly at: number; readonly begins: string; readonly is: string }[] = [
  { at: 0, begins: 'PK\u0003\u0004', is: 'a zip archive, as PyTorch saves its weights (.pt)' },
  { at: 0, begins: 'version https://git-lfs', is: 'a pointer of Git LFS; "git lfs pull" fetches the file itself' },
  { at: 0, begins: '<', is: 'a web page or other markup; the download went wrong' },
  { at: 0, begins: '{', is: 'JSON' },
  { at: 0, begins: '\u0089HDF', is: 'an HDF5 file, as Keras saves its weights' },
  { at: 0, begins: '\u001f\u008b', is: 'gzipped; unpack it first' },
  { at: 4, begins: 'TFL3', is: 'a TensorFlow Lite model' },
  { at: 4, begins: 'ORTM', is: "a model in onnxruntime's own format (.ort)" },
];

/** What a file is that is no ONNX file; undefined where it does not look like anything known. */
export function foreignFile(bytes: Uint8Array): string | undefined {
  return FOREIGN.find(({ at, begins }) =>
    Array.from(begins).every((char, index) => bytes[at + index] === char.charCodeAt(0)),
  )?.is;
}
