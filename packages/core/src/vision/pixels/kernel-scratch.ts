import { ArenaAllocator } from '../memory/arena-allocator.js';
import type { ArenaRegion, SharedArena } from '../memory/shared-arena.js';
import { FULL_COLUMN_WEIGHT, LARGEST_COLUMN_WEIGHT } from './resize-plan.js';
import type { AxisSamples, ResizePlan } from './resize-plan.js';

/** Where the kernel keeps what is neither source nor target. */
type Purpose = 'input' | 'rgba' | 'halved-even' | 'halved-odd' | 'column' | 'row' | 'picture' | 'output';

/** Addresses of the tables of a plan's bilinear step. */
export interface PlanTables {
  readonly columns: number;
  readonly rows: number;
}

/** Four columns in the kernel's table: four offsets, then weights of 16 bits: left and right of two pixels, twice. */
const COLUMN_GROUP_BYTES = 80;
const ROW_BYTES = 8;

/** One kernel's part of an arena: one block for each purpose, as large as it was ever needed, and blocks for tables. */
export class KernelScratch {
  readonly #allocator: ArenaAllocator;
  readonly #blocks = new Map<Purpose, ArenaRegion>();

  constructor(private readonly arena: SharedArena) {
    this.#allocator = new ArenaAllocator(arena);
  }

  /** The address of at least `byteLength` bytes; what was there for the same purpose is lost. @throws ArenaFullError */
  at(purpose: Purpose, byteLength: number): number {
    const block = this.#blocks.get(purpose);
    if (block !== undefined && block.byteLength >= byteLength) return block.offset;
    if (block !== undefined) {
      this.#blocks.delete(purpose);
      this.#allocator.free(block);
    }
    const larger = this.allocate(byteLength);
    this.#blocks.set(purpose, larger);
    return larger.offset;
  }

  /** @throws ArenaFullError */
  allocate(byteLength: number): ArenaRegion {
    const region = this.#allocator.allocate(byteLength);
    if (region === undefined) throw new TypeError('An allocator without a limit has refused memory.');
    return region;
  }

  free(region: ArenaRegion): void {
    this.#allocator.free(region);
  }

  /** Writes the tables of a plan; free `region` when they are no longer used. */
  writeTables(plan: ResizePlan): { readonly tables: PlanTables; readonly region: ArenaRegion } | undefined {
    if (plan.bilinear === undefined) return undefined;
    const { columns, rows } = plan.bilinear;
    const columnBytes = Math.ceil(plan.width / 4) * COLUMN_GROUP_BYTES;
    const region = this.allocate(columnBytes + plan.height * ROW_BYTES);
    const bytes = this.arena.bytesAt(region.offset, region.byteLength);
    writeColumns(new DataView(bytes.buffer, bytes.byteOffset, columnBytes), columns, plan.width);
    writeRows(new DataView(bytes.buffer, bytes.byteOffset + columnBytes, plan.height * ROW_BYTES), rows, plan.height);
    return { tables: { columns: region.offset, rows: region.offset + columnBytes }, region };
  }
}

function writeColumns(table: DataView, { first, weight }: AxisSamples, count: number): void {
  for (let index = 0; index < Math.ceil(count / 4) * 4; index += 1) {
    const column = Math.min(index, count - 1); // the last group is filled up with the last column
    const group = (index >> 2) * COLUMN_GROUP_BYTES;
    const inGroup = index & 3;
    table.setInt32(group + inGroup * 4, (first[column] ?? 0) * 4, true);
    const right = weight[column] ?? 0;
    const weights = group + 16 + (inGroup >> 1) * 32 + (inGroup & 1) * 8;
    for (let channel = 0; channel < 4; channel += 1) {
      table.setInt16(weights + channel * 2, Math.min(FULL_COLUMN_WEIGHT - right, LARGEST_COLUMN_WEIGHT), true);
      table.setInt16(weights + 16 + channel * 2, Math.min(right, LARGEST_COLUMN_WEIGHT), true);
    }
  }
}

function writeRows(table: DataView, { first, weight }: AxisSamples, count: number): void {
  for (let row = 0; row < count; row += 1) {
    table.setInt32(row * ROW_BYTES, first[row] ?? 0, true);
    table.setInt32(row * ROW_BYTES + 4, weight[row] ?? 0, true);
  }
}
