import { expect, it } from 'vitest';
import { aHand, aPose, describeStatelessTransformContract, landmarksOf } from '../../testing/index.js';
import { JoinLandmarks } from './join-landmarks.js';

const hands = landmarksOf(aHand({ trackId: 1 }), aHand({ trackId: 2, handedness: 'left' }));
const pose = { ...landmarksOf(aPose()), frameWidth: 320, frameHeight: 240 };

describeStatelessTransformContract('core.transform.join', () => new JoinLandmarks(), [
  { a: hands, b: pose },
  { a: pose, b: landmarksOf(), d: hands },
]);

it('core.transform.join lists all tracks port by port, with the frame size of the first', () => {
  const more = landmarksOf(aHand({ trackId: 9 }));
  expect(new JoinLandmarks().transform({ a: hands, b: pose, d: more })).toEqual({
    frameWidth: 640,
    frameHeight: 480,
    tracks: [...hands.tracks, ...pose.tracks, ...more.tracks],
  });
});
