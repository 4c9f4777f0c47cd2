import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { RESULT_SUBPROTOCOLS } from '@kinegraph/core/protocol';
import type { LayoutMessage, ResultSubprotocol } from '@kinegraph/core/protocol';
import type { ResultTransport } from './latest-wins-viewer.js';

type Format = Pick<ResultTransport, 'encode' | 'encodeMissed'>;

/** How one viewer's results are written, by the subprotocol that it has chosen. */
export function socketFormat(protocol: string): Format {
  const known = RESULT_SUBPROTOCOLS.find((subprotocol) => subprotocol === protocol) ?? RESULT_SUBPROTOCOLS[0];
  return FORMATS[known]();
}

const asJson: Format['encodeMissed'] = (message) => JSON.stringify(message);

const FORMATS: Readonly<Record<ResultSubprotocol, () => Format>> = {
  'kinegraph.json': () => ({ encode: ({ json }) => [json], encodeMissed: asJson }),
  'kinegraph.msgpack': () => ({
    encode: ({ msgpack }) => [msgpack],
    encodeMissed: (message) => encodeMsgpack(message),
  }),
  'kinegraph.float32': () => {
    let sent: LayoutMessage | undefined;
    return {
      encode: ({ floats: { bytes, layout } }) => {
        if (layout === sent) return [bytes];
        sent = layout; // it says what the numbers in the bytes mean
        return [JSON.stringify(layout), bytes];
      },
      encodeMissed: asJson,
    };
  },
};
