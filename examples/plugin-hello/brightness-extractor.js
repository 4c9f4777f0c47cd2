import { BYTES_PER_PIXEL, NodeConfig, inject, injectable, isRawFormat } from '@kinegraph/core/plugin';

/** Measures the mean brightness of frames. */
export class BrightnessExtractor {
  #config;

  /** @param config - Validated already, with its defaults filled in. */
  constructor(config) {
    this.#config = config;
  }

  /**
   * @param frame - Raw pixels; read only and still owned by the caller.
   * @returns The mean brightness, 0-1, and whether that counts as dark.
   */
  extract(frame) {
    if (!isRawFormat(frame.format)) {
      throw new TypeError(`This node reads raw pixels, not ${frame.format}. Put core.transform.decode in front of it.`);
    }
    const brightness = meanBrightness(frame, this.#config.stepPx);
    return { brightness, dark: brightness < this.#config.darkBelow };
  }

  /** `darkBelow` is a live key: it is taken over without a restart. */
  reconfigure(config) {
    const isLive = config.stepPx === this.#config.stepPx;
    if (isLive) this.#config = config;
    return isLive;
  }
}

// In TypeScript: `@injectable()` above the class and `@inject(NodeConfig)` before the parameter.
injectable()(BrightnessExtractor);
inject(NodeConfig)(BrightnessExtractor, undefined, 0);

/** The mean of all measured pixels, 0-1; a pixel counts as the mean of its colours. */
function meanBrightness({ data, width, height, format }, stepPx) {
  const bytes = BYTES_PER_PIXEL[format];
  const colours = Math.min(bytes, 3); // alpha is no light
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += stepPx) {
    for (let x = 0; x < width; x += stepPx) {
      const at = (y * width + x) * bytes;
      for (let colour = 0; colour < colours; colour += 1) sum += data[at + colour];
      count += colours;
    }
  }
  return sum / (count * 255);
}
