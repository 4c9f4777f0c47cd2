import { inject, injectable } from 'inversify';
import { serviceId } from '@kinegraph/core';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { getMetrics } from '../../api/operations/server-operations.js';
import { MetricsService } from '../../metrics/metrics-service.js';
import { NotFoundError } from '../not-found-error.js';

export interface MetricsOptions {
  readonly enabled: boolean;
}
export const MetricsOptions = serviceId<MetricsOptions>('server.MetricsOptions');

/** `/metrics`, for Prometheus; nothing where it is not enabled. */
@injectable()
export class MetricsRoutes implements ApiRoutes {
  constructor(
    @inject(MetricsService) private readonly metrics: MetricsService,
    @inject(MetricsOptions) private readonly options: MetricsOptions,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(getMetrics, async ({ request, response }) => {
        if (!this.options.enabled) throw new NotFoundError({ method: request.method, path: request.path });
        const { registry } = this.metrics;
        const text = await registry.text();
        response.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
      }),
    ];
  }
}
