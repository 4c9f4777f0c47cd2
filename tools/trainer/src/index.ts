/** The trainer's parts for those who use it as a library: tests and benchmarks. */
export {};
