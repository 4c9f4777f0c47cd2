import { FormatContext, Packet } from 'node-av/lib';
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';

/** One picture as it is stored: its NAL units, in decoding order. */
export interface AccessUnit {
  readonly nals: readonly Uint8Array[];
  /** Presentation time in ticks of 90 kHz, as RTP counts. */
  readonly ticks: number;
}

/** The H.264 track of an MP4 file, ready to be sent. */
export interface H264Clip {
  readonly sps: Uint8Array;
  readonly pps: Uint8Array;
  readonly units: readonly AccessUnit[];
}

/** Takes the first `count` pictures out of an MP4 file. */
export async function readH264Clip(file: string, count: number): Promise<H264Clip> {
  const container = new FormatContext();
  container.allocContext();
  if ((await container.openInput(file)) < 0) throw new Error(`${file} cannot be opened`);
  await container.findStreamInfo();
  const stream = container.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (stream === undefined) throw new Error(`${file} has no picture`);
  const { sps, pps } = parameterSets(stream.codecpar.extradata ?? new Uint8Array());
  const { num, den } = stream.timeBase;
  const units: AccessUnit[] = [];
  const packet = new Packet();
  packet.alloc();
  while (units.length < count && (await container.readFrame(packet)) >= 0) {
    if (packet.streamIndex === stream.index && packet.data !== null) {
      units.push({ nals: nalsOf(packet.data), ticks: Math.round((Number(packet.pts) * num * 90_000) / den) });
    }
    packet.unref();
  }
  packet.free();
  await container.closeInput();
  return { sps, pps, units };
}

/** From the `avcC` box: one SPS and one PPS, each with its length. */
function parameterSets(avcc: Uint8Array): { sps: Uint8Array; pps: Uint8Array } {
  const view = new DataView(avcc.buffer, avcc.byteOffset, avcc.length);
  const spsLength = view.getUint16(6);
  const ppsAt = 8 + spsLength + 1;
  return { sps: avcc.slice(8, 8 + spsLength), pps: avcc.slice(ppsAt + 2, ppsAt + 2 + view.getUint16(ppsAt)) };
}

/** MP4 puts the length of each unit in front of it, in four bytes. */
function nalsOf(data: Uint8Array): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const nals: Uint8Array[] = [];
  for (let at = 0; at + 4 <= data.length;) {
    const length = view.getUint32(at);
    nals.push(data.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return nals;
}
