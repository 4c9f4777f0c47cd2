import type { DisplayedTrack, Skeleton, SourceConnection } from '@kinegraph/ui';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { element } from './elements.js';
import { MedianMeter, RateMeter } from './meters.js';

/** Numbers that change faster cannot be read. */
const PAINT_EVERY_MS = 250;
/** So many frames back a result may belong; further back another sender has begun. */
const BEHIND = 100;
const NONE = '–';
const WRITTEN = [
  ...['results', 'age', 'drawn', 'sent', 'advice', 'bytes'],
  ...['dropped', 'dropped-there', 'delay', 'missed'],
] as const;
type Written = (typeof WRITTEN)[number];
/** Nodes that work less than this do not matter. */
const LEAST_WORK_MS = 0.2;

/** Keeps the figures of the page, and writes them no more than four times a second, within an animation frame. */
export class Figures {
  readonly #results = new RateMeter();
  readonly #drawn = new RateMeter();
  readonly #sent = new RateMeter();
  readonly #bytes = new RateMeter();
  readonly #ages = new MedianMeter(60);
  readonly #stages = new Map<string, MedianMeter>();
  readonly #outputs = new Map<string, HTMLElement>();
  #lastSequence: number | undefined;
  #droppedThere = 0;
  #missed = 0;
  #counted = { sent: 0, sentBytes: 0 };
  #paintedAtMs = Number.NEGATIVE_INFINITY;

  /** A result came. Several may be of one frame, by different sinks; they count once. */
  result({ sequence, ageMs, dropped, stages }: ResultMessage, nowMs: number): void {
    this.#droppedThere += dropped;
    for (const [node, workMs] of Object.entries(stages)) {
      const meter = this.#stages.get(node) ?? new MedianMeter(30);
      this.#stages.set(node, meter);
      meter.add(workMs);
    }
    // Signs come behind their frame, when the landmarks of later ones were told.
    if (this.#lastSequence !== undefined && sequence <= this.#lastSequence && sequence > this.#lastSequence - BEHIND)
      return;
    this.#lastSequence = sequence;
    this.#results.add(nowMs);
    this.#ages.add(ageMs);
  }

  missed(count: number): void {
    this.#missed += count;
  }

  /** Another run, or another sender: what was counted is of no interest any more. */
  clear(): void {
    for (const meter of [this.#results, this.#sent, this.#bytes, this.#ages]) meter.clear();
    this.#stages.clear();
    this.#lastSequence = undefined;
    this.#droppedThere = 0;
    this.#missed = 0;
    this.#counted = { sent: 0, sentBytes: 0 };
  }

  /** The page was painted; writes the numbers if they are due. */
  painted(
    nowMs: number,
    source: SourceConnection | undefined,
    delayMs: number | undefined,
    tracks: readonly DisplayedTrack[],
    skeletons: ReadonlyMap<string, Skeleton>,
  ): void {
    this.#drawn.add(nowMs);
    this.#countSent(source, nowMs);
    if (nowMs - this.#paintedAtMs < PAINT_EVERY_MS) return;
    this.#paintedAtMs = nowMs;
    const { median } = this.#ages;
    const resultRate = this.#results.rate(nowMs);
    this.#write('results', resultRate.toFixed(1));
    this.#write('age', median === undefined || resultRate === 0 ? NONE : median.toFixed(0));
    this.#write('drawn', this.#drawn.rate(nowMs).toFixed(0));
    this.#write('sent', source === undefined ? NONE : this.#sent.rate(nowMs).toFixed(1));
    this.#write('advice', Number.isFinite(source?.framesPerSecond) ? `${source?.framesPerSecond.toFixed(0)}` : NONE);
    this.#write('bytes', source === undefined ? NONE : (this.#bytes.rate(nowMs) / 1000).toFixed(0));
    const counts = source?.counts;
    this.#write('dropped', counts === undefined ? NONE : `${counts.dropped + counts.paced + counts.offline}`);
    this.#write('dropped-there', `${this.#droppedThere}`);
    this.#write('delay', delayMs === undefined ? NONE : delayMs.toFixed(0));
    this.#write('missed', `${this.#missed}`);
    writeTracks(tracks, skeletons);
    writeStages(this.#stages);
  }

  /** Nothing is drawn: figures of before would be taken for those of now. */
  rest(): void {
    if (this.#paintedAtMs === Number.NEGATIVE_INFINITY) return; // they rest already
    this.#paintedAtMs = Number.NEGATIVE_INFINITY;
    for (const id of WRITTEN) this.#write(id, NONE);
    writeTracks([], new Map());
    this.#stages.clear();
    writeStages(this.#stages);
  }

  #countSent(source: SourceConnection | undefined, nowMs: number): void {
    const { sent, sentBytes } = source?.counts ?? { sent: 0, sentBytes: 0 };
    if (sent > this.#counted.sent) {
      this.#sent.add(nowMs, sent - this.#counted.sent);
      this.#bytes.add(nowMs, sentBytes - this.#counted.sentBytes);
    }
    this.#counted = { sent, sentBytes };
  }

  #write(id: Written, text: string): void {
    const output = this.#outputs.get(id) ?? element(id, HTMLElement);
    this.#outputs.set(id, output);
    if (output.textContent !== text) output.textContent = text;
  }
}

function writeTracks(tracks: readonly DisplayedTrack[], skeletons: ReadonlyMap<string, Skeleton>): void {
  const lines = tracks
    .filter(({ opacity }) => opacity > 0.5)
    .map((track) => {
      const isHand = track.skeleton.startsWith('hand');
      const side = track.handedness === undefined ? '' : `${track.handedness} `;
      const name = isHand ? `${side}hand` : (skeletons.get(track.skeleton)?.title.split(',')[0] ?? track.skeleton);
      return { kind: isHand ? 'hand' : 'body', name, score: `${(100 * track.score).toFixed(0)} %` };
    })
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  element('nothing', HTMLElement).hidden = lines.length > 0;
  replaceLines(
    element('tracks', HTMLElement),
    lines.map(({ kind, name, score }) => {
      const swatch = span('', 'swatch');
      swatch.dataset['kind'] = kind;
      const line = document.createElement('li');
      line.append(swatch, capitalized(name), span(score, 'score'));
      return line;
    }),
  );
}

function writeStages(stages: ReadonlyMap<string, MedianMeter>): void {
  const lines = [...stages]
    .map(([node, meter]) => ({ node, workMs: meter.median ?? 0 }))
    .filter(({ workMs }) => workMs >= LEAST_WORK_MS)
    .toSorted((a, b) => b.workMs - a.workMs);
  element('no-stages', HTMLElement).hidden = lines.length > 0;
  replaceLines(
    element('stages', HTMLElement),
    lines.map(({ node, workMs }) => {
      const line = document.createElement('div');
      const [name, value] = [document.createElement('dt'), document.createElement('dd')];
      name.textContent = node;
      value.textContent = `${workMs.toFixed(1)} ms`;
      line.append(name, value);
      return line;
    }),
  );
}

/** Leaves a list alone that says the same already: readers of screens would begin it anew. */
function replaceLines(list: HTMLElement, lines: readonly HTMLElement[]): void {
  const text = (items: Iterable<Element>): string => [...items].map(({ textContent }) => textContent).join('\n');
  if (text(list.children) !== text(lines)) list.replaceChildren(...lines);
}

function span(text: string, className: string): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
