import type { FiguresMessage } from '@kinegraph/core/protocol';

/** Who wants the figures of a run. */
export interface FiguresListener {
  readonly onFigures: (figures: FiguresMessage) => void;
  /** The run has ended, or there is none. Nothing follows. */
  readonly onEnd: () => void;
}

/** The figures of one run, twice a second, for as long as the page can be seen; the browser connects again by itself. */
export class FiguresFeed implements Disposable {
  #events: EventSource | undefined;
  readonly #gone = new AbortController();

  constructor(
    private readonly run: string,
    private readonly listener: FiguresListener,
  ) {
    document.addEventListener('visibilitychange', () => this.#look(), { signal: this.#gone.signal });
    this.#look();
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
    this.#close();
  }

  #look(): void {
    if (document.visibilityState === 'hidden') this.#close();
    else this.#events ??= this.#open();
  }

  #open(): EventSource {
    const events = new EventSource(`/api/v1/runs/${encodeURIComponent(this.run)}/figures`);
    const end = (): void => {
      this[Symbol.dispose]();
      this.listener.onEnd();
    };
    events.addEventListener('message', ({ data }: MessageEvent<string>) =>
      this.listener.onFigures(JSON.parse(data) as FiguresMessage),
    );
    events.addEventListener('end', end);
    events.addEventListener('error', () => {
      if (events.readyState === EventSource.CLOSED && this.#events === events) end(); // refused: the run is gone
    });
    return events;
  }

  #close(): void {
    this.#events?.close();
    this.#events = undefined;
  }
}
