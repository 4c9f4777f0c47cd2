export { subscribePictures } from './subscribe-pictures.js';
export type { PicturesConnection, PicturesOptions, ReceivedPicture } from './subscribe-pictures.js';
