import type { Classification, Detections } from '../vision/index.js';

/** What a wire carried, as far as a small picture, a trend or a few lines can show it. */
export type ProbeValue =
  | {
      readonly kind: 'frame';
      readonly width: number;
      readonly height: number;
      /** A JPEG in base64, its longer side 320 pixels at most. */
      readonly jpeg: string;
    }
  /** As results have it: see `landmarksOf` of `@kinegraph/ui`. */
  | { readonly kind: 'landmarks'; readonly value: unknown }
  | { readonly kind: 'numbers'; readonly series: Readonly<Record<string, number | null>> }
  | { readonly kind: 'labels'; readonly tracks: Classification['tracks'] }
  | ({ readonly kind: 'detections' } & Detections)
  | {
      readonly kind: 'window';
      readonly packets: number;
      readonly spanMs: number;
      /** Oldest first, at most 64 of the packets; empty where they carry no numbers. Each has as many columns as the longest, at most 64. */
      readonly rows: readonly (readonly (number | null)[])[];
    }
  | {
      readonly kind: 'tensors';
      readonly tensors: readonly {
        readonly name: string;
        readonly type: string;
        readonly dims: readonly number[];
        readonly min: number | null;
        readonly max: number | null;
        readonly mean: number | null;
      }[];
    }
  | {
      readonly kind: 'json';
      readonly text: string;
      /** There is more of it. */
      readonly isCut: boolean;
    };

/** What left an output of a node: the text messages of `/api/v1/runs/:run/nodes/:node/outputs/:port/probe`. */
export interface ProbeMessage {
  readonly type: 'probe';
  readonly source: string;
  readonly sequence: number;
  readonly timestampMs: number;
  /** From capture to here, in milliseconds. */
  readonly ageMs: number;
  readonly value: ProbeValue;
}
