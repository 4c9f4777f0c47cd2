import { Router } from 'express';
import { inject, injectable } from 'inversify';
import { serviceId } from '@kinegraph/core';
import { MetricsService } from '../../metrics/metrics-service.js';

export interface MetricsOptions {
  readonly enabled: boolean;
}
export const MetricsOptions = serviceId<MetricsOptions>('server.MetricsOptions');

/** `/metrics`, for Prometheus; nothing where it is not enabled. */
@injectable()
export class MetricsRoutes {
  constructor(
    @inject(MetricsService) private readonly metrics: MetricsService,
    @inject(MetricsOptions) private readonly options: MetricsOptions,
  ) {}

  router(): Router {
    const router = Router();
    if (!this.options.enabled) return router;
    const { registry } = this.metrics;
    router.get('/metrics', async (_request, response) => {
      const text = await registry.text();
      response.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
    });
    return router;
  }
}
