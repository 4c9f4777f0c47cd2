/** A result on its way to a broker. */
export class MqttMessage {
  /** Its share of the queue: payload and topic. */
  readonly byteLength: number;

  constructor(
    readonly topic: string,
    readonly payload: Buffer,
  ) {
    this.byteLength = payload.byteLength + topic.length;
  }
}
