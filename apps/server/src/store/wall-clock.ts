import { serviceId } from '@kinegraph/core';

/** What time it is for people. Steps where the clock of the machine is set; durations come from core's Clock. */
export interface WallClock {
  now(): Date;
}
export const WallClock = serviceId<WallClock>('server.WallClock');
