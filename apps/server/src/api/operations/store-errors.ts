/** Codes of what keeps the store from opening: any operation that reads what is kept may answer with them. */
export const STORE_ERRORS = [
  'SERVER_STORE_UNAVAILABLE',
  'SERVER_STORE_IN_USE',
  'SERVER_STORE_BROKEN',
  'SERVER_STORE_NEWER',
] as const;
