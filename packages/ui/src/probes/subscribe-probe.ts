import type { ProbeMessage } from '@kinegraph/core/protocol';
import { LastingSocket } from '../connection/index.js';
import type { ConnectionOptions, ConnectionState } from '../connection/index.js';

/** Options of `subscribeProbe`. */
export interface ProbeOptions extends Omit<ConnectionOptions, 'url'> {
  readonly run: string;
  readonly node: string;
  /** An output of the node. */
  readonly port: string;
  /** Called with each value, at most about fifteen times a second. */
  readonly onValue: (message: ProbeMessage) => void;
}

/** A look at what leaves an output of a node. */
export interface ProbeConnection extends Disposable {
  readonly state: ConnectionState;
  /** Ends it for good. */
  close(): void;
}

/** Looks at an output of a node of a run of the page's own server. @throws NoWebSocketError */
export function subscribeProbe({ run, node, port, onValue, ...options }: ProbeOptions): ProbeConnection {
  const [inRun, inNode, inPort] = [run, node, port].map((name) => encodeURIComponent(name));
  const url = `/api/v1/runs/${inRun}/nodes/${inNode}/outputs/${inPort}/probe`;
  const socket: LastingSocket = new LastingSocket(
    { ...options, url },
    {
      onOpen: () => socket.markLive(),
      onText: (message) => {
        if (message.type === 'probe') onValue(message as ProbeMessage);
      },
    },
  );
  return socket;
}
