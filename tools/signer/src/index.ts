/** The signer's parts for those who use it as a library: tests, benchmarks and the trainer. */
export { SignerError, type SignerErrorCode } from './errors.js';
export { Recording, type RecordingRequest } from './recording.js';
export { SIGN_NAMES, SIGNS, type Sign, type SignName } from './motion/signs.js';
export { HANDSHAPE_NAMES, HANDSHAPES, type HandshapeName } from './hand/handshapes.js';
export { solveHand, type HandJoints, type HandState } from './hand/kinematics.js';
export { MEDIAPIPE_HAND, MIDDLING_HAND, signerProportions, type HandProportions } from './hand/proportions.js';
export type { HandPose, LongFingerPose, ThumbPose } from './hand/pose.js';
export { BONES, FIRST_JOINT, JOINT_COUNT, WRIST, type Side } from './hand/joints.js';
export { cameraOf, toImageLandmarks, type Camera } from './render/camera.js';
export { SeededRandom } from './random.js';
export { parseTruth } from './truth/truth-reader.js';
export { formatTruth } from './truth/truth-writer.js';
export {
  TRUTH_FORMAT,
  TRUTH_VERSION,
  type Truth,
  type TruthFrame,
  type TruthHeader,
  type TruthPoint,
} from './truth/truth.js';
export {
  HELD_OUT_SEEDS,
  isStaticSign,
  NEGATIVE_KINDS,
  OTHER_LABELS,
  sampleNegative,
  sampleProceduralTake,
  sampleStream,
  sampleTake,
  sessionOf,
  SIGN_LABELS,
  signerOf,
  type NegativeKind,
  type OtherLabel,
  type SignLabel,
  type SignStream,
  type SignTake,
  type StreamRequest,
  type TakeConditions,
  type TakeSession,
  type TakeSighting,
  type TakeSigner,
} from './takes/index.js';
export { LETTERS_ASPECT, LETTER_FILES, letterWindows, readLetters, type LetterFrame } from './real/letters.js';
