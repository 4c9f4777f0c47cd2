import { z } from 'zod';
import type { BuiltInNode } from '../built-in-node.js';
import { CallbackSink } from './callback-sink.js';
import { NdjsonSink, NdjsonSinkConfig } from './ndjson-sink.js';
import { NullSink } from './null-sink.js';
import { ResultsSink } from './results-sink.js';

const anyIn = { in: { type: 'any', description: 'What is to leave the graph.' } } as const;
const noConfig = z.strictObject({});

export const builtInSinks: readonly BuiltInNode[] = [
  {
    type: 'core.sink.ndjson',
    typeVersion: 1,
    kind: 'sink',
    title: 'NDJSON',
    description: 'Writes each value as one line of JSON, to standard output or a file.',
    inputs: anyIn,
    outputs: {},
    config: NdjsonSinkConfig,
    liveConfig: ['digits'],
    nodeClass: NdjsonSink,
  },
  {
    type: 'core.sink.callback',
    typeVersion: 1,
    kind: 'sink',
    title: 'Callback',
    description: 'Calls a function of the embedding program with each value.',
    inputs: anyIn,
    outputs: {},
    config: noConfig,
    liveConfig: [],
    nodeClass: CallbackSink,
  },
  {
    type: 'core.sink.results',
    typeVersion: 1,
    kind: 'sink',
    title: 'Results',
    description: 'Shows each value to those who watch the run: the results of the server, an observer of the program.',
    inputs: anyIn,
    outputs: {},
    config: noConfig,
    liveConfig: [],
    nodeClass: ResultsSink,
  },
  {
    type: 'core.sink.null',
    typeVersion: 1,
    kind: 'sink',
    title: 'Null',
    description: 'Takes everything and does nothing with it.',
    inputs: anyIn,
    outputs: {},
    config: noConfig,
    liveConfig: [],
    nodeClass: NullSink,
  },
];
