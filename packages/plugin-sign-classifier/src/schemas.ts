/** The configuration schemas by the name of the file that the build writes each to, in `schemas/`. */
export const schemas = {};
