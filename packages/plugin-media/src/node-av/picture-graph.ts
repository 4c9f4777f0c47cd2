import { FFmpegError, FilterGraph, Frame, PosixError } from 'node-av/lib';
import type { FilterContext } from 'node-av/lib';
import { AVERROR_EOF } from 'node-av/constants';
import { pictureFilter } from '../decoder/picture-filter.js';

const AVERROR_EAGAIN = FFmpegError.AVERROR(PosixError.EAGAIN);

/** A library's filter graph that makes upright RGBA pictures of decoded frames. Made anew when the frames change. */
export class PictureGraph {
  readonly #picture = new Frame();
  #graph: FilterGraph | undefined;
  #source: FilterContext | undefined;
  #sink: FilterContext | undefined;
  #madeFor = '';

  /** @param upright - filters that set the picture upright, see `uprightFilters` */
  constructor(
    private readonly upright: readonly string[],
    private readonly shortSide: number | undefined,
    private readonly timeBase: { readonly num: number; readonly den: number },
  ) {
    this.#picture.alloc();
  }

  /** Filters one frame. @param onPicture - gets the picture while it is valid; its timestamp is that of the frame */
  filter(frame: Frame, onPicture: (picture: Frame) => void): void {
    const shape = `${frame.width}x${frame.height} ${frame.format} ${frame.colorSpace} ${frame.colorRange}`;
    if (shape !== this.#madeFor) this.#make(frame, shape);
    if (this.#source === undefined || this.#sink === undefined) throw new Error('the filter graph was not made');
    check(this.#source.buffersrcAddFrameSync(frame), 'the filters refused a frame');
    for (;;) {
      const code = this.#sink.buffersinkGetFrameSync(this.#picture);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      check(code, 'the filters failed on a frame');
      try {
        onPicture(this.#picture);
      } finally {
        this.#picture.unref();
      }
    }
  }

  close(): void {
    this.#free();
    this.#picture.free();
  }

  #make(frame: Frame, shape: string): void {
    this.#free();
    const graph = new FilterGraph();
    graph.alloc();
    this.#graph = graph;
    const aspect = frame.sampleAspectRatio;
    const parameters = [
      `video_size=${frame.width}x${frame.height}`,
      `pix_fmt=${frame.format}`,
      `time_base=${this.timeBase.num}/${this.timeBase.den}`,
      ...(aspect.num > 0 && aspect.den > 0 ? [`pixel_aspect=${aspect.num}/${aspect.den}`] : []),
      `colorspace=${frame.colorSpace}`,
      `range=${frame.colorRange}`,
    ].join(':');
    // The whole chain as one text, so that the library makes and links the filters itself.
    const chain = [`buffer@in=${parameters}`, ...this.upright, pictureFilter(this.shortSide), 'buffersink@out'].join(
      ',',
    );
    check(graph.parsePtr(chain), 'the filters could not be made');
    check(graph.configSync(), 'the filters could not be linked');
    this.#source = graph.getFilter('buffer@in') ?? undefined;
    this.#sink = graph.getFilter('buffersink@out') ?? undefined;
    this.#madeFor = shape;
  }

  #free(): void {
    this.#source = undefined;
    this.#sink = undefined;
    this.#graph?.free();
    this.#graph = undefined;
  }
}

function check(code: number, what: string): void {
  if (code < 0) throw new Error(`${what} (FFmpeg code ${code})`);
}
