export { PixelCanvas } from './pixel-canvas.js';
export { PixelContext, PixelContextError, createPixelContext } from './pixel-context.js';
export { isPixelImage, writeRgba, type PixelImage } from './pixel-image.js';
export { installWebNames } from './web-names.js';
