import type { WriteStream } from 'node:tty';

/** An output of the process; a terminal, a pipe or a file. */
export type OutputStream = Pick<WriteStream, 'write' | 'on' | 'once'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** Standard output for results, standard error for people: messages, the status line, the summary. */
export class Console {
  /** Called once when nobody reads the results any more. */
  onOutClosed: () => void = () => {};
  #status = '';
  /** The reader has gone, as `head` does: nothing is wrong, the rest is simply not wanted. */
  #outClosed = false;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly out: OutputStream,
    private readonly err: OutputStream,
  ) {
    out.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#outClosed = true;
      this.#wake();
      this.onOutClosed();
    });
    out.on('drain', () => this.#wake());
  }

  get isOutTerminal(): boolean {
    return this.out.isTTY === true;
  }

  get isErrTerminal(): boolean {
    return this.err.isTTY === true;
  }

  /** True once nobody reads the results any more. */
  get isOutClosed(): boolean {
    return this.#outClosed;
  }

  /** Columns of the terminal; 100 where there is none. */
  get columns(): number {
    const columns = this.err.columns ?? 0;
    return columns > 0 ? columns : 100;
  }

  /** A line of a result. Settles when the output takes more: a slow reader holds up the graph and fills no memory. */
  async print(line: string): Promise<void> {
    if (this.#outClosed) return;
    let isFull = false;
    this.#withoutStatus(() => {
      isFull = !this.out.write(`${line}\n`);
    });
    if (isFull && !this.#outClosed) await new Promise<void>((resolve) => this.#whenWritable(resolve));
  }

  /** A line for people. */
  tell(line: string): void {
    this.#withoutStatus(() => this.err.write(`${line}\n`));
  }

  /** Shows `text` as the last line of the terminal, in place of what stood there; nothing where there is no terminal. */
  status(text: string): void {
    if (!this.isErrTerminal) return;
    const fitting = text.length < this.columns ? text : `${text.slice(0, this.columns - 2)}…`;
    this.err.write(`\r\u001B[2K${fitting}`);
    this.#status = fitting;
  }

  /** Takes the status line away. */
  clearStatus(): void {
    if (this.#status !== '') this.err.write('\r\u001B[2K');
    this.#status = '';
  }

  #whenWritable(resume: () => void): void {
    this.#waiting.push(resume);
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  #withoutStatus(write: () => void): void {
    const status = this.#status;
    this.clearStatus();
    write();
    if (status !== '') this.status(status);
  }
}
