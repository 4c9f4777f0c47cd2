import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Looks into the heap of a process by the inspector of Node, which it was started with (`--inspect`). */
export class HeapProbe implements Disposable {
  #id = 0;
  readonly #waiting = new Map<number, (result: unknown) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const { id, result } = JSON.parse(data.toString()) as { id?: number; result?: unknown };
      if (id === undefined) return;
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    });
  }

  static async open(url: string): Promise<HeapProbe> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    return new HeapProbe(socket);
  }

  /** MiB of the heap that are in use after a collection of everything. */
  async retainedMib(): Promise<number> {
    await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize } = (await this.#ask('Runtime.getHeapUsage')) as { usedSize: number };
    return usedSize / 2 ** 20;
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }

  async #ask(method: string): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method }));
    return await answer;
  }
}
