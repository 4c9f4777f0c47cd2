/** The ES-module loader of the WASM graph; the package ships it without types. */
declare module '@mediapipe/tasks-vision/vision_wasm_module_internal.js' {
  /** Emscripten's module factory: compiles the WASM and resolves with the module that the options were put into. */
  const createModule: (options: Readonly<Record<string, unknown>>) => Promise<object>;
  export default createModule;
}
