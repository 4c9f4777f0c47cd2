import type { ArenaRegion } from '../memory/shared-arena.js';
import type { KernelScratch, PlanTables } from './kernel-scratch.js';
import { planResize } from './resize-plan.js';
import type { ResizePlan } from './resize-plan.js';

/** A plan with its tables where the kernel reads them. */
export interface KernelPlan {
  readonly plan: ResizePlan;
  /** Undefined where the plan has no bilinear step. */
  readonly tables: PlanTables | undefined;
}

/** A stream keeps its sizes, so its plan is made once; this many are kept. */
const KEPT_PLANS = 16;

/** The plans used last. */
export class KernelPlans {
  readonly #plans = new Map<string, KernelPlan & { readonly region: ArenaRegion | undefined }>();

  constructor(private readonly scratch: KernelScratch) {}

  /** @throws RangeError where the arena has no room for the tables. */
  get(sourceWidth: number, sourceHeight: number, width: number, height: number): KernelPlan {
    const key = `${sourceWidth}x${sourceHeight}>${width}x${height}`;
    const kept = this.#plans.get(key);
    if (kept !== undefined) {
      this.#plans.delete(key); // and last again, as the one used last
      this.#plans.set(key, kept);
      return kept;
    }
    const plan = planResize(sourceWidth, sourceHeight, width, height);
    const written = this.scratch.writeTables(plan);
    const made = { plan, tables: written?.tables, region: written?.region };
    this.#plans.set(key, made);
    if (this.#plans.size > KEPT_PLANS) this.#forgetOldest();
    return made;
  }

  #forgetOldest(): void {
    for (const [key, { region }] of this.#plans) {
      this.#plans.delete(key);
      if (region !== undefined) this.scratch.free(region);
      return;
    }
  }
}
