const MOST_PAYLOAD_BYTES = 1400;
const PAYLOAD_TYPE = 96;
const FU_A = 28;

/** Puts NAL units into RTP packets: whole ones where they fit, else in fragments (RFC 6184, FU-A). */
export class RtpPacketiser {
  #sequence = 1000;

  constructor(private readonly ssrc: number) {}

  /** @param nals - of one picture; the last packet is marked as its end */
  packets(nals: readonly Uint8Array[], ticks: number): Uint8Array[] {
    const payloads = nals.flatMap((nal) => (nal.length <= MOST_PAYLOAD_BYTES ? [nal] : fragments(nal)));
    return payloads.map((payload, index) => this.#packet(payload, ticks, index === payloads.length - 1));
  }

  #packet(payload: Uint8Array, ticks: number, isLast: boolean): Uint8Array {
    const packet = Buffer.alloc(12 + payload.length);
    packet[0] = 0x80;
    packet[1] = PAYLOAD_TYPE | (isLast ? 0x80 : 0);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(ticks >>> 0, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    packet.set(payload, 12);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return packet;
  }
}

function fragments(nal: Uint8Array): Uint8Array[] {
  const header = nal[0] ?? 0;
  const parts: Uint8Array[] = [];
  for (let at = 1; at < nal.length; at += MOST_PAYLOAD_BYTES - 2) {
    const end = Math.min(nal.length, at + MOST_PAYLOAD_BYTES - 2);
    const flags = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    parts.push(Uint8Array.from([(header & 0xe0) | FU_A, flags | (header & 0x1f), ...nal.subarray(at, end)]));
  }
  return parts;
}
