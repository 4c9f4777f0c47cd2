import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { listClips } from '../../api/operations/clip-operations.js';
import { ClipFolders } from '../../clips/clip-folders.js';

/** What graphs can be given to play. */
@injectable()
export class ClipRoutes implements ApiRoutes {
  constructor(@inject(ClipFolders) private readonly folders: ClipFolders) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listClips, async () => {
        const { clips, isCut } = await this.folders.list();
        return { clips: [...clips], isCut };
      }),
    ];
  }
}
