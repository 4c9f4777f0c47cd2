import { AbortedError, errorCode, errorMessage, withoutSecrets } from '@kinegraph/core/plugin';
import type { ModelStore } from '@kinegraph/core/plugin';
import { cardNameOf, parseSignModelCard } from './card.js';
import type { SignModelCard } from './card.js';
import { SignCardMissingError, SignPairError } from './errors.js';

/** A model of signs as its two files say. */
export interface SignModelFiles {
  /** What to call it in errors and logs, without what may be a secret in a URL. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly card: SignModelCard;
}

/**
 * Reads a model and its card, and sees that they belong together where the card says so.
 * @param model - a path, the id of a listed model, or a URL
 * @throws SignCardMissingError, SignCardError, SignPairError, and the ModelStore's errors (`MODEL_*`)
 */
export async function loadSignModel(models: ModelStore, model: string, signal?: AbortSignal): Promise<SignModelFiles> {
  const [name, cardFile] = [withoutSecrets(model), cardNameOf(model)];
  const bytes = await models.read(model, signal);
  const cardBytes = await models.read(cardFile, signal).catch((error: unknown) => {
    if (error instanceof AbortedError || !isMissing(error)) throw error;
    const reason = errorMessage(error).replace(/[.\s]+$/, '');
    throw new SignCardMissingError({ model: name, card: withoutSecrets(cardFile), reason }, { cause: error });
  });
  const card = parseSignModelCard(cardBytes, withoutSecrets(cardFile));
  if (card.sha256 !== undefined) {
    const actual = await sha256Hex(bytes);
    if (actual !== card.sha256)
      throw new SignPairError({ model: name, card: withoutSecrets(cardFile), expected: card.sha256, actual });
  }
  return { name, bytes, card };
}

/** Changes when one of the two files does; undefined while one is missing, or where the store tells no versions. */
export async function signModelVersion(models: ModelStore, model: string): Promise<string | undefined> {
  const [onnx, card] = await Promise.all([models.version?.(model), models.version?.(cardNameOf(model))]);
  return onnx === undefined || card === undefined ? undefined : `${onnx}; ${card}`;
}

function isMissing(error: unknown): boolean {
  return ['MODEL_MISSING', 'MODEL_UNKNOWN'].includes(errorCode(error) ?? '');
}

/** The SHA-256 sum of bytes as 64 lower-case hexadecimal digits. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
