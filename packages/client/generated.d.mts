/** What src/generated/api.ts has to be. */
export function generated(): Promise<string>;
