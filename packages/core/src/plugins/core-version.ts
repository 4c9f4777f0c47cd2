/** The version of this package, which plugins name a range of in `engines.kinegraph`. A test keeps it in step with package.json. */
export const CORE_VERSION = '0.1.0';
