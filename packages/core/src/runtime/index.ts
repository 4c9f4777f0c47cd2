export { NODE_STATES, NodeFigures } from './figures/node-figures.js';
export { MOST_OWN_FIGURES, NodeFigureError, OwnFigures } from './figures/own-figures.js';
export type { OwnFiguresSnapshot } from './figures/own-figures.js';
export type { ConnectionSnapshot, NodeFault, NodeSnapshot, NodeState, Timings } from './figures/node-figures.js';
export { DROP_NO_PARTNER } from './inputs/latest-join.js';
export { DROP_UNMATCHED } from './inputs/timestamp-join.js';
export { instantiate, nodeModule } from './instances/instantiate.js';
export type { NodeServices } from './instances/instantiate.js';
export { LocalInstance, METHOD_OF_KIND, NodeShapeError, isAnsweringKind } from './instances/local-instance.js';
export type { AnsweringKind } from './instances/local-instance.js';
export type { NodeInstance } from './instances/node-instance.js';
export { HandScore, TruthFormatError, parseHandTruth } from './measure/hand-truth.js';
export type { HandAccuracy, HandTruth } from './measure/hand-truth.js';
export { measureGraph, measureInTurn } from './measure/measure-graph.js';
export type { MeasureOptions, Measurement, SinkMeasurement } from './measure/measure-graph.js';
export { ProcessMeter } from './measure/process-meter.js';
export type { ProcessUsage } from './measure/process-meter.js';
export type {
  EnteredPacket,
  FailedPacket,
  NodeOutput,
  RunObserver,
  SinkValue,
  WorkedPacket,
} from './observe/run-observer.js';
export { NodeWatch, RunObservers } from './observe/run-observers.js';
export { NewestFramesCache } from './previews/newest-frames-cache.js';
export type { NewestFramesOptions } from './previews/newest-frames-cache.js';
export { RunFrameCache, previewSource } from './previews/run-frame-cache.js';
export { WorkerKindError, createRun } from './run/create-run.js';
export { runOrigin } from './run/run-origin.js';
export type { Admission } from './run/admission.js';
export type { CreateRunOptions } from './run/create-run.js';
export { NOT_EXACT, notExact, wasNotExact } from './run/not-exact.js';
export {
  ConfigRefusedError,
  NodeUnknownError,
  NotRestartableError,
  RunNotRunningError,
} from './changes/change-errors.js';
export type { AppliedGraph } from './changes/run-changes.js';
export { OrderedShutdown, SHUTDOWN_PHASES, ShutdownStepError } from './run/ordered-shutdown.js';
export type { ShutdownPhase, ShutdownStep } from './run/ordered-shutdown.js';
export { modelsOf, runModule } from './run/run-module.js';
export type { RunServices } from './run/run-module.js';
export { DEFAULT_RUN_LIMITS } from './run/run-limits.js';
export type { RunLimits } from './run/run-limits.js';
export { Run } from './run/run.js';
export type { RunOptions } from './run/run.js';
export { RUN_STATES } from './run/run-snapshot.js';
export type { RunOutcome, RunResult, RunSnapshot, RunState } from './run/run-snapshot.js';
export { NodeFailedError, NodeOpenError, NothingWorkedError } from './run/run-errors.js';
export type { WatchOptions } from './run/watch-run.js';
export { PathResolverFactory, WorkerLauncher } from './run/services.js';
export type { NodeClassProvider } from './run/services.js';
export { BadAnswerError } from './runners/answers.js';
export { DROP_RESTARTED } from './runners/buffer-runner.js';
export { BadTimestampError, DROP_PAUSED, DROP_REPLACED_AT_SOURCE, DROP_STOPPED } from './runners/source-runner.js';
export { RecordingRefusedError, RunRecorder } from './traces/run-recorder.js';
export type { TraceEvent, TraceWriter } from './traces/trace-event.js';
export { AnswerNotPostableError, WorkerNodeHost } from './workers/worker-node-host.js';
export type { WorkerNodeEnvironment } from './workers/worker-node-host.js';
export {
  InputNotPostableError,
  QuarantineError,
  WatchdogError,
  WorkerGoneError,
  WorkerHungError,
} from './workers/worker-errors.js';
export { DROP_STRAY_ANSWER } from './workers/worker-instance.js';
export { DROP_WORKER_DOWN } from './workers/supervised-instance.js';
export type { MessageEndpoint, WorkerHandle, WorkerNodeSpec, WorkerReport, WorkerRequest } from './workers/protocol.js';
