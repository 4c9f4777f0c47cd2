import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { H264Clip } from './h264-clip.js';
import { RtpPacketiser } from './rtp-packets.js';
import { challengeOf, isLoggedIn, type RtspLogin } from './rtsp-login.js';

/** What the description announces, and the times say. */
const ANNOUNCED_FPS = 30;
const FRAME_TICKS = 3000;

/** What the server wants of its clients, and how it behaves. */
export interface RtspServerOptions {
  readonly clip: H264Clip;
  /** Left out: everybody may come. */
  readonly login?: RtspLogin;
  /** Frames a second that are really sent, whatever is announced. Default: 30. */
  readonly fps?: number;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * A small RTSP camera on the loopback interface: shows an H.264 clip over and over at 30 frames a second, by TCP or UDP as the
 * client wishes. `await RtspServer.start({ clip })` starts it at a port that is free.
 */
export class RtspServer implements AsyncDisposable {
  /** Transports that clients have set up, in order. */
  readonly transports: ('tcp' | 'udp')[] = [];
  readonly #server = net.createServer((socket) => this.#serve(socket));
  readonly #sessions = new Set<RtspSession>();
  #port = 0;

  private constructor(private readonly options: RtspServerOptions) {}

  static async start(options: RtspServerOptions): Promise<RtspServer> {
    const server = new RtspServer(options);
    await server.listen();
    return server;
  }

  /** Listens, again on the same port after `stop`. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** @param userinfo - such as `user:password@` */
  url(userinfo = '', path = '/stream'): string {
    return `rtsp://${userinfo}127.0.0.1:${this.#port}${path}`;
  }

  /** Drops every line and takes no new ones, as a camera that loses its power. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    for (const session of this.#sessions) session.end();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #serve(socket: net.Socket): void {
    const session = new RtspSession(socket, this.options, this.transports);
    this.#sessions.add(session);
    socket.on('close', () => {
      session.end();
      this.#sessions.delete(session);
    });
    socket.on('error', () => {});
  }
}

/** One client. */
class RtspSession {
  #text = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;
  #udp: dgram.Socket | undefined;
  #clientPort = 0;
  #isTcp = true;

  constructor(
    private readonly socket: net.Socket,
    private readonly options: RtspServerOptions,
    private readonly transports: ('tcp' | 'udp')[],
  ) {
    socket.on('data', (bytes: Buffer) => {
      this.#text = Buffer.concat([this.#text, bytes]);
      void this.#readRequests();
    });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#udp?.close();
    this.#udp = undefined;
    this.socket.destroy();
  }

  async #readRequests(): Promise<void> {
    for (;;) {
      if (this.#text[0] === 0x24) {
        // The client's own RTCP between the requests.
        if (this.#text.length < 4) return;
        const length = 4 + this.#text.readUInt16BE(2);
        if (this.#text.length < length) return;
        this.#text = this.#text.subarray(length);
        continue;
      }
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const text = this.#text.toString('latin1', 0, end);
      this.#text = this.#text.subarray(end + 4);
      await this.#answer(parseRequest(text));
    }
  }

  async #answer(request: Request): Promise<void> {
    const { login, clip } = this.options;
    if (login !== undefined && !isLoggedIn(login, request.method, request.headers.get('authorization'))) {
      this.#reply(request, '401 Unauthorized', { 'WWW-Authenticate': challengeOf(login) });
      return;
    }
    if (!request.path.startsWith('/stream')) {
      this.#reply(request, '404 Not Found');
      return;
    }
    switch (request.method) {
      case 'OPTIONS':
        this.#reply(request, '200 OK', { Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER' });
        break;
      case 'DESCRIBE':
        this.#reply(request, '200 OK', { 'Content-Type': 'application/sdp' }, describe(clip));
        break;
      case 'SETUP':
        await this.#setUp(request);
        break;
      case 'PLAY':
        this.#reply(request, '200 OK', { Session: '1', Range: 'npt=0-' });
        this.#play();
        break;
      case 'TEARDOWN':
        this.#reply(request, '200 OK', { Session: '1' });
        this.end();
        break;
      default:
        this.#reply(request, '200 OK', { Session: '1' });
    }
  }

  async #setUp(request: Request): Promise<void> {
    const wish = request.headers.get('transport') ?? '';
    const ports = /client_port=(\d+)-(\d+)/.exec(wish);
    this.#isTcp = ports === null;
    this.transports.push(this.#isTcp ? 'tcp' : 'udp');
    let transport = 'RTP/AVP/TCP;unicast;interleaved=0-1';
    if (ports !== null) {
      this.#clientPort = Number(ports[1]);
      this.#udp = dgram.createSocket('udp4');
      this.#udp.bind(0, '127.0.0.1');
      await once(this.#udp, 'listening');
      const port = this.#udp.address().port;
      transport = `RTP/AVP;unicast;client_port=${ports[1]}-${ports[2]};server_port=${port}-${port + 1}`;
    }
    this.#reply(request, '200 OK', { Session: '1;timeout=60', Transport: transport });
  }

  #play(): void {
    const { clip, fps = ANNOUNCED_FPS } = this.options;
    const frameMs = 1000 / fps;
    const packetiser = new RtpPacketiser(0x4b474652);
    const clipTicks = clip.units.length * FRAME_TICKS;
    const beganMs = performance.now();
    let count = 0;
    const sendDue = (): void => {
      while (performance.now() - beganMs >= count * frameMs) {
        const unit = clip.units[count % clip.units.length];
        if (unit === undefined) return;
        const round = Math.floor(count / clip.units.length);
        for (const packet of packetiser.packets(unit.nals, unit.ticks + round * clipTicks)) this.#send(packet);
        count += 1;
      }
      this.#timer = setTimeout(sendDue, Math.max(1, beganMs + count * frameMs - performance.now()));
    };
    sendDue();
  }

  #send(packet: Uint8Array): void {
    if (!this.#isTcp) {
      this.#udp?.send(packet, this.#clientPort, '127.0.0.1');
      return;
    }
    const frame = Buffer.alloc(4);
    frame[0] = 0x24;
    frame.writeUInt16BE(packet.length, 2);
    this.socket.write(frame);
    this.socket.write(packet);
  }

  #reply(request: Request, status: string, headers: Record<string, string> = {}, body = ''): void {
    const all = {
      CSeq: request.headers.get('cseq') ?? '0',
      ...headers,
      ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.socket.write(`RTSP/1.0 ${status}\r\n${lines.join('')}\r\n${body}`);
  }
}

function parseRequest(text: string): Request {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { method, path: url.replace(/^rtsp:\/\/[^/]*/, ''), headers };
}

function describe({ sps, pps }: H264Clip): string {
  const sets = [sps, pps].map((set) => Buffer.from(set).toString('base64')).join(',');
  const profile = Buffer.from(sps.subarray(1, 4)).toString('hex');
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=camera',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${sets}`,
    `a=framerate:${ANNOUNCED_FPS}`,
    'a=control:track1',
    '',
  ].join('\r\n');
}
