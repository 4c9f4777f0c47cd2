import type { ServerCheck } from '../check.js';
import { fault, good, skipped } from '../finding.js';

const MEDIA = '@kinegraph/plugin-media';

/** What videos and cameras would be decoded with. */
export const decoder: ServerCheck = {
  name: 'decoder',
  of: 'server',
  async run(server) {
    const { host } = await server.platform();
    const isChosen = host.plugins().some(({ name, state }) => name === MEDIA && state !== 'refused');
    if (!isChosen) return [skipped(`No video is read: ${MEDIA} is not among the plugins.`)];
    const { findDecoder } = await import('@kinegraph/plugin-media'); // other commands do without it
    const found = await findDecoder();
    if ('driver' in found) return [good(`Video is decoded by ${found.driver}.`)];
    return [
      fault(
        `Neither files of video nor cameras can be read: ${found.reason}.`,
        'Install ffmpeg 5.1 or newer and put it on the PATH, or: npm install node-av',
      ),
    ];
  },
};
