import { inject, provide, ref } from 'vue';
import type { InjectionKey, Ref } from 'vue';

type Pointed = Readonly<Ref<string | undefined>>;
const POINTED: InjectionKey<Pointed> = Symbol('pointed');

/** For the canvas: `node.port` of the input that is pointed out, if one is. */
export function providePointed(pointed: Pointed): void {
  provide(POINTED, pointed);
}

/** For a node: what the canvas points out. */
export function usePointed(): Pointed {
  return inject(POINTED, () => ref(), true);
}
