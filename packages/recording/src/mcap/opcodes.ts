/** The kinds of records. @see https://mcap.dev/spec#records */
export const OPCODE = {
  HEADER: 1,
  FOOTER: 2,
  SCHEMA: 3,
  CHANNEL: 4,
  MESSAGE: 5,
  CHUNK: 6,
  MESSAGE_INDEX: 7,
  CHUNK_INDEX: 8,
  STATISTICS: 11,
  METADATA: 12,
  METADATA_INDEX: 13,
  SUMMARY_OFFSET: 14,
  DATA_END: 15,
} as const;
