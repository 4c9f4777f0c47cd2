/** What operations are about: the headings of the document. */
export const TAGS = {
  Graphs: 'Graphs that this server keeps, with their history.',
  Runs: 'Graphs that run.',
  Results: 'What runs find, as they find it.',
  Pictures: 'What runs see.',
  Benchmarks: 'What graphs cost and reach, measured.',
  Recordings: 'What was recorded of runs.',
  Signs: 'Takes of signs, and models that are trained with them.',
  Catalogue: 'What graphs can be made of.',
  Server: 'The server itself.',
} as const;
export type Tag = keyof typeof TAGS;
