import type {
  EncodedFrameCache,
  EncodedFrameCounts,
  EncodedImage,
  ImageEncoder,
  PreviewOptions,
} from '../../kinds/index.js';
import { claimFrame } from '../../vision/index.js';
import type { Frame, FrameHolder } from '../../vision/index.js';

export interface NewestFramesOptions {
  /** Frames kept of each source; the oldest leaves. A frame and what is made of it on its way count apiece. */
  readonly framesPerSource?: number;
  /** Kinds of preview kept of each frame: viewers choose quality and size, so there must be an end to it. */
  readonly previewsPerFrame?: number;
}

/** Frames that are being encoded belong to no node and no run. */
const HOLDER: FrameHolder = { runId: 'previews', node: 'previews' };

/** Encodings by quality and size. */
type Previews = Map<number, Promise<EncodedImage>>;

/**
 * Keeps the promises of encodings, so that viewers who ask at the same time share one, and those who ask again pay for a
 * look-up. Frames are told apart by their picture, never by place or time: slots are reused, and a source that connects
 * again may begin at 0.
 */
export class NewestFramesCache implements EncodedFrameCache {
  readonly #sources = new Map<string, Map<number, Previews>>();
  /** Encodings under way by picture: also one that was let go meanwhile is shared by whoever asks before it is done. */
  readonly #underWay = new Map<number, Previews>();
  readonly #framesPerSource: number;
  readonly #previewsPerFrame: number;
  #encoded = 0;
  #shared = 0;

  constructor(
    private readonly encoder: ImageEncoder,
    { framesPerSource = 8, previewsPerFrame = 8 }: NewestFramesOptions = {},
  ) {
    this.#framesPerSource = framesPerSource;
    this.#previewsPerFrame = previewsPerFrame;
  }

  /** Encodings kept, those under way included. */
  get size(): number {
    let size = 0;
    for (const frames of this.#sources.values()) for (const previews of frames.values()) size += previews.size;
    return size;
  }

  /** Requests that the encoder refuses for their options are in neither. */
  get counts(): EncodedFrameCounts {
    return { encoded: this.#encoded, shared: this.#shared };
  }

  get(source: string, frame: Frame, options: PreviewOptions): Promise<EncodedImage> {
    const key = previewKey(options);
    const kept = this.#sources.get(source)?.get(frame.pictureId)?.get(key);
    if (kept === undefined) return this.#encode(source, frame, options, key);
    this.#shared += 1;
    return kept;
  }

  forgetSource(source: string): void {
    this.#sources.delete(source);
  }

  /** Lets everything go. */
  clear(): void {
    this.#sources.clear();
  }

  #encode(source: string, frame: Frame, options: PreviewOptions, key: number): Promise<EncodedImage> {
    if (Number.isNaN(key)) return this.#encodeOwned(frame, options); // the encoder refuses it; there is nothing to keep
    const { pictureId } = frame;
    const underWay = this.#underWay.get(pictureId)?.get(key);
    if (underWay === undefined) this.#encoded += 1;
    else this.#shared += 1;
    const image = underWay ?? this.#begin(frame, options, key);
    const frames = entryOf(this.#sources, source, () => new Map<number, Previews>());
    const previews = entryOf(frames, pictureId, () => new Map<number, Promise<EncodedImage>>());
    previews.set(key, image);
    dropOldest(previews, this.#previewsPerFrame);
    dropOldest(frames, this.#framesPerSource);
    image.catch(() => this.#remove(source, pictureId, key, image)); // who asked hears of it, the cache forgets it
    return image;
  }

  #begin(frame: Frame, options: PreviewOptions, key: number): Promise<EncodedImage> {
    const { pictureId } = frame;
    const image = this.#encodeOwned(frame, options);
    const previews = entryOf(this.#underWay, pictureId, () => new Map<number, Promise<EncodedImage>>());
    previews.set(key, image);
    void Promise.allSettled([image]).then(() => {
      previews.delete(key);
      if (previews.size === 0) this.#underWay.delete(pictureId);
    });
    return image;
  }

  async #encodeOwned(frame: Frame, options: PreviewOptions): Promise<EncodedImage> {
    using owned = frame.clone(); // whoever asked may close theirs meanwhile, and their run may end
    claimFrame(owned, HOLDER);
    return await this.encoder.encode(owned, options);
  }

  /** What has taken the place of `image` meanwhile stays. */
  #remove(source: string, pictureId: number, key: number, image: Promise<EncodedImage>): void {
    const frames = this.#sources.get(source);
    const previews = frames?.get(pictureId);
    if (previews?.get(key) !== image) return;
    previews.delete(key);
    if (previews.size === 0) frames?.delete(pictureId);
    if (frames?.size === 0) this.#sources.delete(source);
  }
}

/** Sides of frames stay below this, so that quality and size fit into one number. */
const SIDES = 2 ** 17;

/** NaN for options that no encoder takes. */
function previewKey({ quality, shortSide = SIDES }: PreviewOptions): number {
  const isAllowed =
    Number.isInteger(quality) && quality >= 1 && quality <= 100 && Number.isInteger(shortSide) && shortSide >= 1;
  return isAllowed ? quality * (SIDES + 1) + Math.min(shortSide, SIDES) : Number.NaN;
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const created = create();
  map.set(key, created);
  return created;
}

/** Maps keep the order in which keys came. */
function dropOldest<K>(map: Map<K, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
