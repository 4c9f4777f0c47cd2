export declare const WASM_FILE: string;
export declare const BYTES_FILE: string;
export declare function compileKernel(): Promise<{ readonly wasm: Uint8Array; readonly bytesModule: string }>;
