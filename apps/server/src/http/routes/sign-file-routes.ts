import { pipeline } from 'node:stream/promises';
import { Logger, errorCode } from '@kinegraph/core';
import { encodeTake } from '@kinegraph/plugin-sign-classifier/teach';
import type { Response } from 'express';
import { inject, injectable } from 'inversify';
import { BodyError } from '../../access/access-errors.js';
import { readBody } from '../../access/read-body.js';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { downloadSignModel, exportTakes, getTake, importTakes } from '../../api/operations/sign-operations.js';
import { importInto } from '../../signs/import-into.js';
import { SignSets, SignsOptions } from '../../signs/sign-sets.js';

const NDJSON = 'application/x-ndjson';

/** What of `/api/v1/signs` is a file: takes as NDJSON, up and down, and models. */
@injectable()
export class SignFileRoutes implements ApiRoutes {
  constructor(
    @inject(SignSets) private readonly sets: SignSets,
    @inject(SignsOptions) private readonly options: SignsOptions,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(importTakes, async ({ params: { set }, request, response }) => {
        let text: string;
        try {
          text = textOf(await readBody(request, this.options.uploadBytes));
        } catch (error) {
          if (!request.complete) response.set('Connection', 'close'); // the rest is not read
          throw error;
        }
        const report = await importInto(this.sets.store(set), text, 'that was sent');
        this.logger.info(`${report.added} takes were added to the set "${set}".`, { set, ...report });
        return report;
      }),
      handled(getTake, async ({ params: { set, label, take: id }, response }) => {
        const { take } = await (await this.sets.existing(set)).read(label, id);
        response.type(NDJSON).send(encodeTake(take));
      }),
      handled(exportTakes, async ({ params: { set }, response }) => await this.#export(set, response)),
      handled(downloadSignModel, async ({ params: { set }, response }) => {
        const bytes = await this.sets.model(set);
        response.type('application/octet-stream').set('Content-Disposition', `attachment; filename="${set}.onnx"`);
        response.end(bytes);
      }),
    ];
  }

  async #export(set: string, response: Response): Promise<void> {
    const store = await this.sets.existing(set);
    response
      .type(NDJSON)
      .set({ 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="${set}.ndjson"` });
    const unreadable: string[] = [];
    const parts = store.export(({ label, id, problem }) => unreadable.push(`${label}/${id} (${problem})`));
    await pipeline(parts, response).catch((error: unknown) => {
      if (errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // who asked for it has gone
    });
    if (unreadable.length > 0)
      this.logger.warn(`Takes were left out of an export of the set "${set}", as they cannot be read.`, {
        ...{ set, takes: unreadable.length, first: unreadable.slice(0, 5) },
      });
  }
}

/** @throws BodyError */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw Object.assign(new BodyError('SERVER_BODY_NOT_JSON', { reason: 'it is not UTF-8' }), { cause });
  }
}
