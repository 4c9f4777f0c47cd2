import { hideInText } from '../logging/hide-secrets.js';
import { withoutCredentials } from './without-credentials.js';
import { KinegraphError, errorMessage } from '@kinegraph/core';
import type { Problem } from '@kinegraph/core';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { GraphConflictError, GraphInvalidError } from '../graphs/graph-errors.js';
import { GraphRefusedError } from '../runs/run-errors.js';

/** What a client is told of an error, by HTTP or in a close frame. */
export interface ErrorAnswer {
  readonly status: number;
  /** Undefined: a WebSocket is refused by plain HTTP. */
  readonly closeCode?: number;
  readonly body: {
    readonly code: string;
    readonly message: string;
    readonly problems?: readonly Problem[];
    /** Where a graph was changed in between: what it is at now. */
    readonly current?: Omit<GraphConflictError['data'], 'graph' | 'sent'>;
  };
}

/** Status and close code by error code: the one place that says. Everything else is the server's own fault. */
const ANSWERS: Readonly<Record<string, readonly [status: number, closeCode?: number]>> = {
  SERVER_UNAUTHORIZED: [401, CLOSE_CODES.unauthorized],
  SERVER_FORBIDDEN: [403, CLOSE_CODES.forbidden],
  SERVER_LOGIN_LIMITED: [429, CLOSE_CODES.unauthorized],
  // These are refused before the handshake: a page from elsewhere need not even learn that there is a socket.
  SERVER_ORIGIN_NOT_ALLOWED: [403],
  SERVER_HOST_NOT_ALLOWED: [403],
  SERVER_PROXY_NOT_TRUSTED: [403],
  SERVER_TOO_MANY_CONNECTIONS: [429, CLOSE_CODES.tooManyConnections],
  SERVER_TOO_MANY_FRAMES: [429, CLOSE_CODES.tooManyFrames],
  SERVER_BODY_TOO_LARGE: [413],
  SERVER_BODY_TOO_DEEP: [400],
  SERVER_BODY_NOT_JSON: [400],
  CORE_FILE_NOT_ALLOWED: [403],
  CORE_NETWORK_NOT_ALLOWED: [403],
  SERVER_GRAPH_REFUSED: [422],
  SERVER_RUN_UNKNOWN: [404, CLOSE_CODES.runEnded],
  SERVER_RUN_EXISTS: [409],
  SERVER_TOO_MANY_GATEWAY_RUNS: [429, CLOSE_CODES.tooManyConnections],
  SERVER_TOO_MANY_RUNS: [429, CLOSE_CODES.tooManyConnections],
  SERVER_TOO_MANY_NODES: [422],
  SERVER_STOPPING: [503, CLOSE_CODES.goingAway],
  SERVER_SOURCE_UNKNOWN: [404, CLOSE_CODES.runEnded],
  SERVER_SENDER_CLOCK: [400, CLOSE_CODES.badMessage],
  SERVER_PICTURE_NONE: [404],
  SERVER_PICTURE_NEVER: [404, CLOSE_CODES.runEnded],
  SERVER_OVERLAY_SINK: [400],
  SERVER_NODE_UNKNOWN: [404, CLOSE_CODES.runEnded],
  SERVER_OUTPUT_UNKNOWN: [404, CLOSE_CODES.runEnded],
  // What a client sent cannot be shown: there is no picture, as far as viewers go.
  IMAGE_BROKEN: [404],
  IMAGE_TRUNCATED: [404],
  IMAGE_TOO_LARGE: [404],
  SERVER_SIGN_SET_UNKNOWN: [404],
  SERVER_SIGN_MODEL_NONE: [404],
  SERVER_SIGN_TRAINING_UNKNOWN: [404],
  SERVER_SIGN_NO_HANDS: [422],
  SERVER_SIGNS_BUSY: [429],
  SIGNS_LABEL_REFUSED: [400],
  SIGNS_LABEL_CLASH: [409],
  SIGNS_TAKE_UNREADABLE: [422],
  SIGNS_TAKE_UNKNOWN: [404],
  SIGNS_TAKE_EXISTS: [409],
  SERVER_GRAPH_ID: [400],
  SERVER_GRAPH_UNKNOWN: [404],
  SERVER_REVISION_UNKNOWN: [404],
  SERVER_GRAPH_CONFLICT: [409],
  SERVER_TOO_MANY_GRAPHS: [409],
  SERVER_GRAPH_INVALID: [422],
  SERVER_STORE_UNAVAILABLE: [503],
  SERVER_STORE_IN_USE: [503],
  SERVER_STORE_BROKEN: [503],
  SERVER_STORE_NEWER: [503],
  SERVER_STORAGE_FULL: [507],
  SERVER_REQUEST_INVALID: [400],
  SERVER_NOT_FOUND: [404],
  SERVER_METHOD_NOT_ALLOWED: [405],
  SERVER_MODEL_PULL_BUSY: [409],
  SERVER_MODEL_PULL_UNKNOWN: [404],
  MODEL_UNKNOWN: [404],
  SERVER_BENCHMARK_BUSY: [409],
  SERVER_BENCHMARK_UNKNOWN: [404],
  GRAPH_INPUT_UNCLEAR: [422],
  SERVER_TOKEN_BEYOND: [403],
  SERVER_TOKEN_UNKNOWN: [404],
  SERVER_RECORDING_UNKNOWN: [404],
  SERVER_RECORDING_IN_USE: [409],
  SERVER_RECORDING_NOT_STARTED: [409],
  SERVER_RECORDING_RUN_ENDED: [409],
  SERVER_RECORDING_NODE: [422],
  SERVER_RECORDING_START: [507],
  RECORDING_SPAN_EMPTY: [422],
  SERVER_RECORDING_UNREADABLE: [422],
  SERVER_TOO_MANY_RECORDINGS: [429],
  SERVER_RANGE_NOT_SATISFIABLE: [416],
  SERVER_DEPLOYMENT_CLASH: [409],
  SERVER_DEPLOYMENT_HELD: [409],
  RUN_NODE_OPEN: [422],
  RUN_NODE_UNKNOWN: [404],
  RUN_CONFIG_REFUSED: [422],
  RUN_NOT_RUNNING: [409],
  RUN_NOT_RESTARTABLE: [409],
  CORE_TIME_LIMIT: [504],
  CORE_ABORTED: [409],
  RUN_RECORDING_REFUSED: [409],
};

/** The status that an error of this code is answered with. */
export function statusOfCode(code: string): number {
  return ANSWERS[code]?.[0] ?? 500;
}

/** What to tell of `error`; what is no fault of a client is told without its insides. */
export function answerOf(error: unknown): ErrorAnswer {
  if (error instanceof KinegraphError) {
    const [status, closeCode] = ANSWERS[error.code] ?? [500];
    const body = { code: error.code, message: hideInText(error.message), ...factsOf(error) };
    return closeCode === undefined ? { status, body } : { status, closeCode, body };
  }
  const status = statusOf(error);
  if (status !== undefined) return { status, body: { code: 'SERVER_REQUEST_INVALID', message: errorMessage(error) } };
  return {
    status: 500,
    body: { code: 'UNEXPECTED', message: 'The server failed to answer. Its log tells more.' },
  };
}

/** What a client needs besides the sentence. */
function factsOf(error: KinegraphError): Pick<ErrorAnswer['body'], 'problems' | 'current'> {
  if (error instanceof GraphRefusedError || error instanceof GraphInvalidError)
    return { problems: withoutCredentials(error.data.problems) };
  if (!(error instanceof GraphConflictError)) return {};
  const { graph: _, sent: __, ...current } = error.data;
  return { current };
}

/** What the HTTP library says of a request that it cannot read. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  return error.status >= 400 && error.status < 500 ? error.status : undefined;
}
