import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cardNameOf, parseSignModelCard } from '../../model/index.js';
import type { SignModelCardInput } from '../../model/index.js';

/**
 * Puts a model and its card in place, each at once, the card last: whoever watches the pair sees it change with the card, and
 * the card's sum tells when only one of the two is there yet.
 * @param out - ends in `.onnx`
 * @returns where the card is
 * @throws SignCardError - for a card that could not be read again; nothing is written then
 */
export async function writeModelFiles(out: string, onnx: Uint8Array, card: SignModelCardInput): Promise<string> {
  const cardFile = cardNameOf(out);
  const cardText = `${JSON.stringify(card, null, 2)}\n`;
  parseSignModelCard(Buffer.from(cardText), cardFile);
  await mkdir(path.dirname(out), { recursive: true });
  const parts = [
    { file: out, temporary: temporaryFor(out), content: onnx },
    { file: cardFile, temporary: temporaryFor(cardFile), content: cardText },
  ];
  try {
    for (const { temporary, content } of parts) {
      await using handle = await open(temporary, 'wx');
      await handle.writeFile(content);
      await handle.sync();
    }
    for (const { temporary, file } of parts) await rename(temporary, file);
  } finally {
    for (const { temporary } of parts) await rm(temporary, { force: true });
  }
  return cardFile;
}

function temporaryFor(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(4).toString('hex')}.part`);
}
