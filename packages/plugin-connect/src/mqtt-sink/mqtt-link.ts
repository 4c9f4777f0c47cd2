import type { Socket } from 'node:net';
import { AbortedError, errorMessage, type Clock } from '@kinegraph/core/plugin';
import { MqttClient } from 'mqtt';
import { ConnectLostError, ConnectRefusedError } from '../connect-errors.js';
import type { DeliveryQueue } from '../delivery/delivery-queue.js';
import { EitherSignal } from '../delivery/either-signal.js';
import { WakeUp } from '../delivery/wake-up.js';
import type { MqttMessage } from './mqtt-message.js';

/** For the broker to greet. */
const GREETING_LIMIT_MS = 10_000;
/** For it to confirm anything, while something is unconfirmed. */
const CONFIRM_LIMIT_MS = 20_000;
/** For the farewell; a connection that does not take it is cut. */
const FAREWELL_LIMIT_MS = 500;
/** Also finds out that a silent connection is dead. */
const KEEPALIVE_S = 30;

/** Who connects, and how messages go. */
export interface MqttLinkOptions {
  /** How the broker may be called in errors. */
  readonly receiver: string;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Most messages that are under way. */
  readonly unconfirmed: number;
  readonly clock: Clock;
}

/**
 * One connection to a broker, used until it fails. The MQTT library connects, queues and repeats nothing by itself: what
 * it was given is in the sink's own queue until the broker has confirmed it.
 */
export class MqttLink {
  readonly #client: MqttClient;
  readonly #changes = new WakeUp();
  /** Fires when the connection has failed; the reason tells how. */
  readonly #lost = new AbortController();
  #isGreeted = false;
  #underWay = 0;
  #confirmTimer: Disposable | undefined;

  /** @param stream - a connection that is there; the link's own from now on. */
  constructor(
    stream: Socket,
    private readonly options: MqttLinkOptions,
  ) {
    const { clientId, username, password } = options;
    this.#client = new MqttClient(() => stream, {
      protocolVersion: 4,
      clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      clean: true,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: 0,
      connectTimeout: GREETING_LIMIT_MS,
      queueQoSZero: false,
      resubscribe: false,
    });
    this.#client.on('connect', () => {
      this.#isGreeted = true;
      this.#changes.wake();
    });
    this.#client.on('error', (error) => this.#lose(error));
    this.#client.on('close', () => this.#lose(new Error('the broker closed it')));
  }

  /** Settles when the broker has let us in. @throws ConnectRefusedError, ConnectLostError, AbortedError */
  async greeted(signal: AbortSignal): Promise<void> {
    await this.#orLost(signal, (either) => this.#changes.until(() => this.#isGreeted, either));
  }

  /**
   * Sends what is in the queue, and tells it what the broker has confirmed. Never settles but by failing; from then on the
   * queue hears nothing of this link.
   * @throws ConnectLostError, AbortedError
   */
  async carry(queue: DeliveryQueue<MqttMessage>, signal: AbortSignal): Promise<never> {
    const { unconfirmed } = this.options;
    return this.#orLost(signal, async (either) => {
      for (;;) {
        await this.#changes.until(() => this.#underWay < unconfirmed, either);
        await queue.untilWaiting(1, either);
        for (const message of queue.take(unconfirmed - this.#underWay)) this.#send(message, queue, either);
      }
    });
  }

  /** Says farewell where that is possible, and cuts the connection. */
  async close(): Promise<void> {
    this.#confirmTimer?.[Symbol.dispose]();
    const isWell = this.#isGreeted && !this.#lost.signal.aborted && this.#underWay === 0;
    this.#lose(new AbortedError({ what: 'A connection' })); // what comes now is no news
    await new Promise<void>((resolve) => {
      const limit = this.options.clock.schedule(FAREWELL_LIMIT_MS, () => {
        this.#client.stream.destroy();
        resolve();
      });
      this.#client.end(!isWell, () => {
        limit[Symbol.dispose]();
        resolve();
      });
    });
    this.#client.stream.destroy();
  }

  #send(message: MqttMessage, queue: DeliveryQueue<MqttMessage>, signal: AbortSignal): void {
    const { qos, retain } = this.options;
    this.#underWay += 1;
    if (this.#underWay === 1) this.#awaitConfirmation();
    this.#client.publish(message.topic, message.payload, { qos, retain }, (error) => {
      if (signal.aborted) return; // the queue has it back, or has dropped it
      if (error !== undefined && error !== null) {
        this.#lose(error);
        return;
      }
      this.#underWay -= 1;
      this.#awaitConfirmation();
      queue.settle(message);
      this.#changes.wake();
    });
  }

  /** A broker that answers to pings and confirms nothing is as good as gone. */
  #awaitConfirmation(): void {
    this.#confirmTimer?.[Symbol.dispose]();
    this.#confirmTimer =
      this.#underWay === 0
        ? undefined
        : this.options.clock.schedule(CONFIRM_LIMIT_MS, () =>
            this.#lose(new Error(`it confirmed nothing for ${CONFIRM_LIMIT_MS / 1000} s`)),
          );
  }

  #lose(error: Error): void {
    if (this.#lost.signal.aborted) return;
    this.#confirmTimer?.[Symbol.dispose]();
    this.#lost.abort(error);
  }

  /** What `work` answers; where it was given up because the connection has failed, the error tells why. */
  async #orLost<T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> {
    const lost = this.#lost.signal;
    using either = new EitherSignal(signal, lost);
    try {
      return await work(either.signal);
    } catch (error) {
      if (signal.aborted || !lost.aborted) throw error;
      throw this.#faultOf(lost.reason);
    }
  }

  #faultOf(cause: unknown): Error {
    const { receiver } = this.options;
    const reason = errorMessage(cause);
    const returnCode = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (typeof returnCode !== 'number' || this.#isGreeted) return new ConnectLostError({ receiver, reason }, { cause });
    const mend =
      returnCode === 4 || returnCode === 5
        ? 'Set username and password in its settings, and its right to publish there'
        : 'Check that it speaks MQTT 3.1.1 and has room for another client';
    return new ConnectRefusedError({ receiver, reason, mend }, { cause });
  }
}
