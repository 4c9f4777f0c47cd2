/**
 * Native libraries that plugins bring and that report their use to their makers unless a variable says no. It has to be set
 * in the main thread: what a worker sets in its environment is not seen by native code.
 */
const SWITCHES: Readonly<Record<string, string>> = {
  // onnxruntime collects events under the user's cache folder and sends them.
  ORT_DISABLE_TELEMETRY: '1',
};

/** Switches the reports of native libraries off for this process, where its environment does not decide otherwise. */
export function reportNothingHome(environment: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(SWITCHES)) environment[name] ??= value;
}
