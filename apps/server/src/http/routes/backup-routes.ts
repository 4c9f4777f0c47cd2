import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { backUp } from '../../api/operations/server-operations.js';
import { Store, WallClock } from '../../store/index.js';

/** What the server keeps, to be kept elsewhere. */
@injectable()
export class BackupRoutes implements ApiRoutes {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(WallClock) private readonly clock: WallClock,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(backUp, async ({ response }) => {
        const copy = this.store.copy();
        try {
          const day = this.clock.now().toISOString().slice(0, 10);
          response.type('application/vnd.sqlite3').set({
            'Cache-Control': 'no-store',
            'Content-Disposition': `attachment; filename="kinegraph-${day}.db"`,
            'Content-Length': String((await stat(copy)).size),
          });
          await pipeline(createReadStream(copy), response);
        } catch (error) {
          if (errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // who asked for it has gone
        } finally {
          await rm(copy, { force: true });
        }
      }),
    ];
  }
}
