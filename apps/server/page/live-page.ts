import { subscribeResults } from '@kinegraph/ui';
import type { ConnectionState, ResultsConnection } from '@kinegraph/ui';
import { CameraSession } from './camera-session.js';
import { element } from './elements.js';
import { Figures } from './figures.js';
import { LoginForm } from './login-form.js';
import { Film } from './film.js';
import { RunChoice, filmOf, liveSourceOf } from './run-choice.js';
import { TokenNeededError, fetchRuns, fetchSkeletons, ingestPath, resultsPath } from './server-api.js';
import type { RefusedRun, RunSummary } from './server-api.js';
import { SignsTold } from './signs-told.js';
import { Stage } from './stage.js';
import { stateWords } from './state-words.js';

/** Runs come and go; the list is looked at this often. */
const LIST_EVERY_MS = 5000;

/** The one screen of the page: a run, the camera that feeds it, and what it finds. */
export class LivePage {
  readonly #canvas = element('canvas', HTMLCanvasElement);
  readonly #stage = new Stage(this.#canvas);
  readonly #figures = new Figures();
  readonly #film = new Film();
  readonly #signs = new SignsTold();
  readonly #runs = new RunChoice((run) => this.#show(run));
  readonly #login = new LoginForm(() => void this.#refresh());
  readonly #cameraButton = element('camera', HTMLButtonElement);
  readonly #mirrorButton = element('mirror', HTMLButtonElement);
  readonly #overlay = element('overlay', HTMLElement);
  readonly #overlayButton = element('overlay-button', HTMLButtonElement);
  readonly #notice = element('notice', HTMLElement);
  readonly #status = element('status', HTMLElement);
  #run: RunSummary | undefined;
  #results: ResultsConnection | undefined;
  #camera: CameraSession | undefined;
  #isStarting = false;
  #isUnanswered = false;

  start(): void {
    this.#cameraButton.addEventListener('click', () => void this.#toggleCamera());
    this.#overlayButton.addEventListener('click', () => void this.#overlayAction());
    this.#mirrorButton.addEventListener('click', () => this.#mirror());
    document.addEventListener('keydown', (event) => this.#onKey(event));
    addEventListener('pagehide', () => this.#stopCamera());
    void this.#refresh();
    setInterval(() => void this.#refresh(), LIST_EVERY_MS);
    requestAnimationFrame(this.#paint);
  }

  readonly #paint = (nowMs: number): void => {
    requestAnimationFrame(this.#paint);
    // The time that animation frames tell is that of the screen; results are told of by the clock.
    const clockMs = performance.now();
    const drawn = this.#stage.draw(clockMs);
    if (drawn !== undefined) {
      const { source } = this.#camera ?? {};
      this.#figures.painted(nowMs, source, this.#stage.delayMs(clockMs), drawn.tracks, this.#stage.skeletons);
    } else this.#figures.rest();
    this.#overlay.hidden = this.#film.isShown || (drawn !== undefined && !this.#isReplaced);
  };

  async #refresh(): Promise<void> {
    if (document.hidden && this.#run !== undefined) return;
    try {
      const { runs, refused } = await fetchRuns();
      if (this.#isUnanswered) this.#tell('The server answers again.');
      this.#isUnanswered = false;
      this.#login.hide();
      this.#runs.show(runs);
      this.#film.retry();
      if (runs.length === 0) this.#nothingRuns(refused);
      const isLost = this.#results?.state.state === 'closed';
      if (isLost && this.#runs.chosen?.state === 'running') this.#show(this.#runs.chosen);
    } catch (error) {
      this.#isUnanswered = !(error instanceof TokenNeededError);
      if (error instanceof TokenNeededError) this.#login.show();
      else this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  #show(run: RunSummary): void {
    this.#stopCamera();
    this.#results?.close();
    this.#run = run;
    this.#stage.clear();
    this.#figures.clear();
    this.#tell(`Showing "${run.title}".`);
    void this.#takeSkeletons(run);
    const film = filmOf(run);
    if (film === undefined) this.#film.stop();
    else this.#film.play(run.id, film);
    this.#signs.clear();
    this.#mirrorButton.disabled = film !== undefined;
    const hasSource = this.#runs.forCamera !== undefined;
    for (const button of [this.#cameraButton, this.#overlayButton]) button.disabled = !hasSource;
    this.#offerCamera();
    this.#results = subscribeResults({
      url: resultsPath(run.id),
      onResult: (result, nowMs) => {
        const isOwn = this.#camera === undefined || this.#camera.source.state.state === 'live';
        if (!isOwn || (this.#camera !== undefined && result.source !== this.#sourceNode)) return;
        this.#figures.result(result, nowMs);
        this.#stage.addResult(result, nowMs);
        this.#signs.add(result);
      },
      onMissed: (count) => this.#figures.missed(count),
      onState: (state) => this.#writeState('results', state),
      onFault: (error) => this.#tell(error instanceof Error ? error.message : String(error)),
    });
  }

  /** Without them nothing is drawn, and everything else goes on. */
  async #takeSkeletons(run: RunSummary): Promise<void> {
    try {
      const skeletons = await fetchSkeletons(run.id);
      if (this.#run === run) this.#stage.skeletons = skeletons;
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  get #sourceNode(): string | undefined {
    return this.#run === undefined ? undefined : liveSourceOf(this.#run);
  }

  get #isReplaced(): boolean {
    const state = this.#camera?.source.state;
    return state?.state === 'closed' && state.cause.reason === 'replaced';
  }

  async #overlayAction(): Promise<void> {
    if (this.#isReplaced) this.#takeBack();
    else await this.#toggleCamera();
    this.#cameraButton.focus(); // the button that had the focus is gone
  }

  async #toggleCamera(): Promise<void> {
    if (this.#isStarting) return;
    if (this.#camera !== undefined) {
      this.#stopCamera();
      this.#tell('The camera is off.');
      return;
    }
    const { forCamera } = this.#runs;
    if (this.#sourceNode === undefined && forCamera !== undefined) this.#runs.choose(forCamera);
    const [run, node] = [this.#run, this.#sourceNode];
    if (run === undefined || node === undefined) return;
    this.#isStarting = true;
    this.#complain(undefined);
    this.#tell('Waiting for the camera. The browser may ask whether to allow it.');
    try {
      const session = await CameraSession.start(ingestPath(run.id, node), {
        onPicture: (picture) => this.#stage.addPicture(picture),
        onState: (state) => this.#onCameraState(state),
        onLost: () => this.#cameraLost(),
        onFault: (sentence) => this.#tell(sentence),
      });
      if (this.#run !== run) {
        session[Symbol.dispose](); // another run was chosen meanwhile
        return;
      }
      this.#camera = session;
      this.#stage.hasCamera = true;
      this.#stage.clear();
      this.#figures.clear();
      this.#cameraButton.textContent = 'Stop the camera';
      this.#tell('The camera is on.');
    } catch (error) {
      this.#complain(error instanceof Error ? error.message : String(error));
      this.#tell('The camera is off.');
      this.#writeState('source', undefined);
    } finally {
      this.#isStarting = false;
    }
  }

  #stopCamera(): void {
    this.#camera?.[Symbol.dispose]();
    this.#camera = undefined;
    this.#stage.hasCamera = false;
    this.#stage.clear();
    this.#figures.clear();
    this.#cameraButton.textContent = 'Start the camera';
    this.#writeState('source', undefined);
    this.#offerCamera();
  }

  #cameraLost(): void {
    this.#stopCamera();
    this.#complain('The camera has gone: it was unplugged, or is no longer allowed. Start it again when it is back.');
  }

  #onCameraState(state: ConnectionState): void {
    this.#writeState('source', state);
    this.#stage.clear();
    this.#figures.clear();
    if (state.state !== 'closed') return;
    if (state.cause.reason === 'replaced') {
      this.#overlayWords(
        'Another tab or program sends to this run now',
        'Your camera is still on, and its pictures go nowhere.',
        'Take it back',
      );
      this.#tell('Another sender has taken the source over.');
    } else {
      this.#complain(`Nothing is sent any more: ${stateWords(state)}. ${state.cause.text}`);
      if (state.cause.reason === 'unauthorized') this.#login.show();
    }
  }

  #takeBack(): void {
    this.#camera?.connectAgain();
    this.#tell('The camera is on.');
  }

  #offerCamera(): void {
    if (this.#run === undefined || this.#sourceNode !== undefined)
      this.#overlayWords(
        'See your hands as the server sees them',
        'The camera’s pictures go to this server alone, and are not kept.',
        'Start the camera',
      );
    else this.#overlayWords('Waiting for results', 'This run takes its pictures from elsewhere.', 'Start the camera');
    this.#overlayButton.hidden = this.#run !== undefined && this.#sourceNode === undefined;
  }

  #nothingRuns([first]: readonly RefusedRun[]): void {
    const reasons = first?.error.problems?.map(({ message }) => message) ?? [];
    if (first === undefined)
      this.#overlayWords('Nothing runs here yet', 'This page shows a run as soon as there is one.', '');
    else this.#overlayWords(`The run "${first.id}" could not start`, [first.error.message, ...reasons].join(' '), '');
    this.#overlayButton.hidden = true;
    this.#tell('Nothing runs on this server.');
  }

  #overlayWords(title: string, text: string, button: string): void {
    element('overlay-title', HTMLElement).textContent = title;
    element('overlay-text', HTMLElement).textContent = text;
    this.#overlayButton.textContent = button;
  }

  #mirror(): void {
    this.#stage.mirrored = !this.#stage.mirrored;
    this.#mirrorButton.setAttribute('aria-pressed', String(this.#stage.mirrored));
  }

  #onKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === 'c') this.#cameraButton.click();
    if (event.key === 'm') this.#mirrorButton.click();
  }

  #writeState(which: 'source' | 'results', state: ConnectionState | undefined): void {
    element(`${which}-dot`, HTMLElement).dataset['state'] = state?.state ?? 'off';
    element(`${which}-state`, HTMLElement).textContent = stateWords(state);
  }

  /** Something to be put right by whoever sits before it. */
  #complain(sentence: string | undefined): void {
    this.#notice.hidden = sentence === undefined;
    this.#notice.textContent = sentence ?? '';
  }

  #tell(sentence: string): void {
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence;
  }
}
