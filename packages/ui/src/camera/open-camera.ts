import { CameraError } from './camera-error.js';

/** What is asked of a camera that none was named for: enough for hands at arm's length, and as fast as it goes. */
export const CAMERA_WISHES: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 60 },
  facingMode: 'user',
};

/**
 * Asks for a camera. Whoever calls stops its tracks.
 *
 * @throws CameraError
 */
export async function openCamera(wishes: MediaTrackConstraints = CAMERA_WISHES): Promise<MediaStream> {
  // Where a page is not safe there is no mediaDevices at all, whatever the types say.
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (mediaDevices === undefined)
    throw new CameraError(globalThis.isSecureContext ? 'UI_CAMERA_FAILED' : 'UI_CAMERA_INSECURE');
  try {
    return await mediaDevices.getUserMedia({ video: wishes, audio: false });
  } catch (error) {
    throw CameraError.of(error);
  }
}
