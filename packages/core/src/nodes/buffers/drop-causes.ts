/** A newer packet took the place of one that waited. */
export const DROP_REPLACED = 'replaced';
/** The packet came while the consumer was busy, and only fresh ones are admitted. */
export const DROP_BUSY = 'busy';
/** The buffer was full. */
export const DROP_OVERFLOW = 'overflow';
/** The packet was past the buffer's deadline. */
export const DROP_TOO_OLD = 'too-old';
