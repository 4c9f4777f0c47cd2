import { CameraSession, LiveStage, subscribePictures, subscribeResults } from '@kinegraph/ui/live';
import type { ConnectionState, PicturesConnection, ResultsConnection, ToldSign } from '@kinegraph/ui/live';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { answered, server } from '../api/server.js';
import type { RunSummary } from '../api/server.js';
import { t } from '../i18n/texts.js';
import { nameOfTrack } from './live-words.js';

/** How long a sign stands over the picture. */
const CAPTION_MS = 1600;
/** Signs that are listed, the newest first. */
const LISTED = 6;
/** The shorter side of pictures of the server: as large as results are found in, and enough for a panel. */
const PICTURE_SIZE = 480;

/** What is the matter with the camera of this browser. */
export type CameraState =
  | { readonly is: 'off' }
  | { readonly is: 'starting' }
  | { readonly is: 'on'; readonly line: ConnectionState }
  | { readonly is: 'failed'; readonly message: string };

/** A source of a run that pictures can be seen of. */
interface SeenSource {
  readonly node: string;
  readonly type: string;
  readonly takes?: 'frames' | 'landmarks' | undefined;
}

/** The source that is shown: one that takes a camera of this page, else the first that gives pictures by itself. */
export function shownSource(run: Pick<RunSummary, 'sources'> | undefined): SeenSource | undefined {
  const sources = run?.sources ?? [];
  return sources.find(({ takes }) => takes === 'frames') ?? sources.find(({ takes }) => takes === undefined);
}

/**
 * Looks at a run for as long as the component that asks is there: its results, its pictures, and this browser's camera where
 * it is sent there. Pictures and results go past Vue to the stage.
 */
export function useLiveRun(summary: () => RunSummary | undefined) {
  const caption = ref<string>();
  const told = shallowRef<readonly ToldSign[]>([]);
  const resultsLine = shallowRef<ConnectionState>();
  const picturesLine = shallowRef<ConnectionState>();
  const camera = shallowRef<CameraState>({ is: 'off' });
  let captionTimer: ReturnType<typeof setTimeout> | undefined;
  const stage = new LiveStage({ onSign: tell });
  stage.nameOf = nameOfTrack;

  const source = computed(() => shownSource(summary()));
  /** Another run, also one of the same name that was started anew. */
  const runKey = computed(() => {
    const run = summary();
    return run === undefined || run.result !== undefined ? undefined : `${run.id}\n${run.startedAt}`;
  });
  const sourceKey = computed(() => `${runKey.value}\n${source.value?.node}\n${source.value?.type}`);

  let results: ResultsConnection | undefined;
  let pictures: PicturesConnection | undefined;
  let session: CameraSession | undefined;

  function tell(sign: ToldSign): void {
    clearTimeout(captionTimer);
    caption.value = sign.label;
    captionTimer = setTimeout(() => (caption.value = undefined), CAPTION_MS);
    told.value = [sign, ...told.value].slice(0, LISTED);
  }

  function forget(): void {
    clearTimeout(captionTimer);
    caption.value = undefined;
    told.value = [];
    stage.clear(session !== undefined);
  }

  const pathOf = (run: string, rest: string): string => `/api/v1/runs/${encodeURIComponent(run)}/${rest}`;

  function followResults(): void {
    results?.close();
    results = undefined;
    resultsLine.value = undefined;
    const run = summary();
    if (run === undefined || runKey.value === undefined) return;
    results = subscribeResults({
      url: pathOf(run.id, 'results'),
      onResult: (result, nowMs) => {
        // While the camera is on, results of another sender, or of another source, are not of its pictures.
        const isOwn = camera.value.is !== 'on' || camera.value.line.state === 'live';
        if (isOwn && (session === undefined || result.source === source.value?.node)) stage.addResult(result, nowMs);
      },
      onState: (state) => (resultsLine.value = state),
      onFault: () => {}, // one that cannot be read is left out
    });
    void takeSkeletons(run.id);
  }

  /** Without them nothing is drawn, and everything else goes on. */
  async function takeSkeletons(run: string): Promise<void> {
    try {
      const skeletons = await answered(server.GET('/api/v1/runs/{run}/skeletons', { params: { path: { run } } }));
      stage.skeletons = new Map(skeletons.map((skeleton) => [skeleton.id, skeleton as never]));
    } catch {
      // Told by the frame where the server is away; asked again with the next run.
    }
  }

  function followPictures(): void {
    pictures?.close();
    pictures = undefined;
    picturesLine.value = undefined;
    const run = summary();
    const from = source.value;
    if (run === undefined || runKey.value === undefined || from === undefined || session !== undefined) return;
    pictures = subscribePictures({
      url: pathOf(run.id, `nodes/${encodeURIComponent(from.node)}/pictures?size=${PICTURE_SIZE}`),
      onPicture: (picture) => stage.receivePicture(picture, performance.now()),
      onState: (state) => (picturesLine.value = state),
      onFault: () => {}, // as above
    });
  }

  /** Asks for the camera and sends it to the run. What goes wrong is told by `camera`. */
  async function startCamera(): Promise<void> {
    const run = summary();
    const to = source.value;
    if (run === undefined || to?.takes !== 'frames' || session !== undefined || camera.value.is === 'starting') return;
    camera.value = { is: 'starting' };
    try {
      const started = await CameraSession.start(pathOf(run.id, `sources/${encodeURIComponent(to.node)}/ingest`), {
        onPicture: (picture) =>
          session === undefined ? picture.picture.close() : stage.addPicture(picture, performance.now()),
        onEncoded: (frame) => stage.keepPicture(frame),
        onState: onLine,
        onLost: () => stopCamera(t('live.cameraLost')),
        onFault: () => {}, // a frame that was refused; the next may not be
      });
      // Meanwhile another run may be looked at, or nobody looks any more.
      if (camera.value.is !== 'starting') {
        started[Symbol.dispose]();
        return;
      }
      session = started;
      camera.value = { is: 'on', line: started.source.state };
      followPictures();
      forget();
    } catch (error) {
      camera.value = { is: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  function onLine(line: ConnectionState): void {
    if (session === undefined) return;
    camera.value = { is: 'on', line };
    stage.clear(true);
  }

  /** @param why - where it stopped by itself */
  function stopCamera(why?: string): void {
    session?.[Symbol.dispose]();
    session = undefined;
    camera.value = why === undefined ? { is: 'off' } : { is: 'failed', message: why };
    forget();
    followPictures();
  }

  /** Sends again, where another sender has taken over. */
  function takeBack(): void {
    session?.connectAgain();
  }

  // Another run, or none any more, is not what the camera was started for.
  watch(
    () => (runKey.value === undefined ? undefined : summary()?.id),
    () => {
      if (session !== undefined) stopCamera();
      camera.value = { is: 'off' };
    },
  );
  watch(
    runKey,
    () => {
      forget();
      followResults();
      // Started anew, as with its server, it gets the camera that it had.
      if (session?.source.state.state === 'closed') session.connectAgain();
    },
    { immediate: true },
  );
  watch(
    sourceKey,
    () => {
      if (session !== undefined && source.value?.takes !== 'frames') stopCamera();
      else {
        forget();
        followPictures();
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(captionTimer);
    camera.value = { is: 'off' };
    session?.[Symbol.dispose]();
    session = undefined;
    results?.close();
    pictures?.close();
    stage[Symbol.dispose]();
  });
  return { stage, caption, told, source, camera, resultsLine, picturesLine, startCamera, stopCamera, takeBack };
}
