import { inject, provide, shallowRef } from 'vue';
import type { InjectionKey, ShallowRef } from 'vue';
import type { ConnectionRefusal, WireStart } from '../../editing/index.js';

/** A wire that is being laid: where it began, and what each port says to it. */
export interface Laying {
  readonly start: WireStart;
  readonly refusal: (end: WireStart) => ConnectionRefusal | undefined;
}

const LAYING: InjectionKey<ShallowRef<Laying | undefined>> = Symbol('laying');

/** For the canvas: what the ports of all nodes look at. */
export function provideLaying(): ShallowRef<Laying | undefined> {
  const laying = shallowRef<Laying>();
  provide(LAYING, laying);
  return laying;
}

/** For a node: the wire that is being laid, if one is. */
export function useLaying(): ShallowRef<Laying | undefined> {
  return inject(LAYING, () => shallowRef<Laying>(), true);
}
