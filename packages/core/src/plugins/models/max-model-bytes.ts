/** The most bytes that a model may have: 2 GiB less one, which is what Node reads from a file and runtimes load in one piece. */
export const MAX_MODEL_BYTES = 2 ** 31 - 1;
