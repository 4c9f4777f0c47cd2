import { describe, expect, it } from 'vitest';
import { CameraError } from './camera-error.js';

describe('A camera error', () => {
  it.each([
    ['NotAllowedError', 'UI_CAMERA_DENIED', /was not allowed\. Allow it for this page/],
    ['NotFoundError', 'UI_CAMERA_NONE', /No camera was found\. Connect one/],
    ['NotReadableError', 'UI_CAMERA_IN_USE', /another program or tab uses it\. Close that one/],
    ['AbortError', 'UI_CAMERA_IN_USE', /Close that one/],
    ['OverconstrainedError', 'UI_CAMERA_UNSUITED', /Choose another camera/],
    ['SomeLaterError', 'UI_CAMERA_FAILED', /try another browser/],
  ])('says what %s means and what to do', (name, code, sentence) => {
    const cause = new DOMException('of the browser', name);
    const error = CameraError.of(cause);
    expect(error).toMatchObject({ code, cause });
    expect(error.message).toMatch(sentence);
  });

  it('takes anything that was thrown', () => {
    expect(CameraError.of(undefined).code).toBe('UI_CAMERA_FAILED');
  });
});
