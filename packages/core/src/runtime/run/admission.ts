/**
 * What becomes of packets that nobody can take yet. `live`: what the buffers are made for. `lossless`: all of them wait,
 * whatever the buffers say.
 */
export type Admission = 'live' | 'lossless';
