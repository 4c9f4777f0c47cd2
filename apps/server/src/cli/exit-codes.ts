/** What the command line answers to its caller. */
export const EXIT_DONE = 0;
export const EXIT_RUN_FAILED = 1;
/** Bad usage, or a graph that is not valid. */
export const EXIT_BAD_USAGE = 2;
/** Ctrl-C was pressed twice: ended at once (128 + SIGINT, as shells say it). */
export const EXIT_AT_ONCE = 130;
