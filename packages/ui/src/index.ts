/** `@kinegraph/ui`: what runs in a browser. */
export { CLOSE_CODES } from '@kinegraph/core/protocol';
