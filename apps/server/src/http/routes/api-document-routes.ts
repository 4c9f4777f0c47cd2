import { injectable } from 'inversify';
import { OPERATIONS, handled, openApiDocument } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { getOpenApi } from '../../api/operations/server-operations.js';
import { packageVersion } from '../../package-version.js';

/** What can be asked of this server, told by itself. */
@injectable()
export class ApiDocumentRoutes implements ApiRoutes {
  #document: Readonly<Record<string, unknown>> | undefined;

  operations(): readonly HandledOperation[] {
    return [
      handled(getOpenApi, () => {
        this.#document ??= openApiDocument(OPERATIONS, packageVersion());
        return this.#document;
      }),
    ];
  }
}
