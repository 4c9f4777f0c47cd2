/** What can be asked of the server: operations, their document, and what routes to them. */
export { apiRouter } from './api-router.js';
export type { CallOutcome } from './api-router.js';
export { ANSWERED, ApiRoutes, handled } from './handled-operation.js';
export type { ApiCall, ApiResult, CheckedCall, HandledOperation } from './handled-operation.js';
export { OPERATIONS } from './operations/index.js';
export { openApiDocument } from './openapi-document.js';
export type { Operation } from './operation.js';
