import { backOffMs } from '@kinegraph/ui';
import { defineStore } from 'pinia';
import { ref } from 'vue';

/**
 * `online`: the last answer came. `offline`: none came, the next try is set. `reconnecting`: a try is on its way. `signedOut`: the
 * session is over, and nobody has signed in yet.
 */
export type Reach = 'online' | 'offline' | 'reconnecting' | 'signedOut';

/** After this a question for something to look at counts as not answered. */
const READING_LIMIT_MS = 20_000;
/** What changes something may take longer: a run that ends lets go what is under way. */
const WRITING_LIMIT_MS = 120_000;
/** Where this answers, everything does. */
const HEALTH = '/readyz';
/** What a server that stands behind a proxy is missed with. */
const GATEWAY = new Set([502, 503, 504]);
/** Says by itself that a token is wrong. */
const LOGIN = '/api/v1/login';
/** These answer when what they measure or record is over. */
const LASTING = /\/(?:trace|recordings)$/;

/** Whether the server is there, and whether it still knows who asks; all questions to it go through here. */
export const useConnection = defineStore('connection', () => {
  const reach = ref<Reach>('online');
  /** When the next try is, as `Date.now()` tells time. */
  const retryAt = ref(0);
  /** Grows when the server is back, or somebody has signed in: what was asked before is asked again. */
  const returns = ref(0);
  /** Somebody is asked for a token. */
  const isAsking = ref(false);
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: ((isSignedIn: boolean) => void)[] = [];

  function lost(): void {
    if (reach.value === 'offline' || reach.value === 'reconnecting') return;
    attempt = 0;
    tryLater();
  }

  function tryLater(): void {
    reach.value = 'offline';
    const inMs = backOffMs(attempt++, Math.random());
    retryAt.value = Date.now() + inMs;
    timer = setTimeout(() => void tryNow(), inMs);
  }

  /** Asks whether the server is back, now. */
  async function tryNow(): Promise<void> {
    if (reach.value !== 'offline') return;
    clearTimeout(timer);
    reach.value = 'reconnecting';
    const isThere = await fetch(HEALTH, { cache: 'no-store', signal: AbortSignal.timeout(READING_LIMIT_MS) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!isThere) tryLater();
    else back();
  }

  function back(): void {
    clearTimeout(timer);
    reach.value = 'online';
    returns.value += 1;
  }

  /** Until somebody has signed in, or will not. */
  async function signIn(isWanted: boolean): Promise<boolean> {
    const wasOut = reach.value === 'signedOut';
    reach.value = 'signedOut';
    if (wasOut && !isAsking.value && !isWanted) return false; // they know, and will sign in when they like
    isAsking.value = true;
    return await new Promise((resolve) => waiting.push(resolve));
  }

  function answer(isSignedIn: boolean): void {
    isAsking.value = false;
    const asked = waiting;
    waiting = [];
    if (isSignedIn) back();
    for (const tell of asked) tell(isSignedIn);
  }

  async function send(request: Request): Promise<Response> {
    const isReading = request.method === 'GET';
    const limit = AbortSignal.timeout(isReading ? READING_LIMIT_MS : WRITING_LIMIT_MS);
    const isLasting = LASTING.test(new URL(request.url).pathname);
    const signal = isLasting ? request.signal : AbortSignal.any([request.signal, limit]);
    let response: Response;
    try {
      response = await fetch(new Request(request, { signal }));
    } catch (error) {
      if (!request.signal.aborted) lost();
      throw error;
    }
    // A proxy answers for a server that is not there; the server itself has a sentence to it.
    if (GATEWAY.has(response.status) && response.headers.get('Content-Type')?.includes('json') !== true) {
      lost();
      throw new TypeError(`${response.status} ${response.statusText}`);
    }
    if (reach.value === 'offline' || reach.value === 'reconnecting') back();
    return response;
  }

  /** Asks the server. Where the session is over it waits until somebody has signed in, and asks again: nothing is lost. */
  async function ask(request: Request): Promise<Response> {
    if (request.url.endsWith(LOGIN)) return await send(request);
    const again = request.clone(); // a body is read once
    const response = await send(request);
    if (response.status !== 401) return response;
    return (await signIn(request.method !== 'GET')) ? await send(again) : response;
  }

  return {
    ...{ reach, retryAt, returns, isAsking, ask, tryNow },
    /** A token was taken: all that waited goes on. */
    signedIn: (): void => answer(true),
    /** Not now: what waited fails. */
    notNow: (): void => answer(false),
    /** Somebody wants to sign in after all. */
    askAgain(): void {
      isAsking.value = true;
    },
    /** The session was ended here. */
    signedOut(): void {
      reach.value = 'signedOut';
    },
  };
});
