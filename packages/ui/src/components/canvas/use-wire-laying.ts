import type { Connection, OnConnectStartParams } from '@vue-flow/core';
import { ref } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { wireBetween } from '../../editing/index.js';
import type { ConnectionCheck, ConnectionRefusal, WireEndsToLay, WireStart } from '../../editing/index.js';
import type { PagePoint } from '../popup/place-popup.js';
import { portOfHandle } from './flow-handles.js';
import { provideLaying } from './laying.js';
import type { Laying } from './laying.js';

/** Why a wire cannot go where the pointer is. */
export interface Refused {
  readonly why: ConnectionRefusal;
  readonly at: PagePoint;
}

/** What becomes of a wire that was laid. */
export interface WireWishes {
  connect(wire: WireEndsToLay): void;
  /** Let go where nothing is. */
  drop(event: MouseEvent, start: WireStart): void;
}

/** The laying of wires: from where, to where it may go, and why not elsewhere. */
export function useWireLaying(
  check: () => ConnectionCheck,
  wishes: WireWishes,
): {
  laying: ShallowRef<Laying | undefined>;
  refused: Ref<Refused | undefined>;
  begin: (from: OnConnectStartParams) => void;
  isValid: (connection: Connection) => boolean;
  lay: (connection: Connection) => void;
  end: (event?: MouseEvent | TouchEvent) => void;
  pointer: (event: MouseEvent) => void;
} {
  const laying = provideLaying();
  const refused = ref<Refused>();
  let hasConnected = false;

  return {
    laying,
    refused,
    begin({ nodeId, handleId: handle }) {
      hasConnected = false;
      if (nodeId === undefined || handle === undefined || handle === null) return;
      const start: WireStart = { node: nodeId, ...portOfHandle(handle) };
      laying.value = { start, refusal: (end) => check().refusal(start, end) };
    },
    isValid(connection) {
      const both = ends(connection);
      return both !== undefined && check().refusal(...both) === undefined;
    },
    lay(connection) {
      hasConnected = true;
      const both = ends(connection);
      const laid = both === undefined ? undefined : wireBetween(...both);
      if (laid !== undefined) wishes.connect(laid);
    },
    end(event) {
      const current = laying.value;
      laying.value = undefined;
      refused.value = undefined;
      if (current === undefined || hasConnected || !(event instanceof MouseEvent)) return;
      // Only empty canvas asks for a node: over another port the wire was refused.
      if (isPane(event.target)) wishes.drop(event, current.start);
    },
    /** The port under the pointer says why it does not fit. */
    pointer({ target, clientX: x, clientY: y }) {
      const current = laying.value;
      if (current === undefined) return;
      const end = portUnder(target);
      const isStart = end?.node === current.start.node && end.port === current.start.port;
      const why = end === undefined || isStart ? undefined : current.refusal(end);
      refused.value = why && { why, at: { x, y } };
    },
  };
}

/** Whether that is the canvas itself, and nothing on it. */
export function isPane(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('vue-flow__pane');
}

function portUnder(target: EventTarget | null): WireStart | undefined {
  const handle = target instanceof Element ? target.closest<HTMLElement>('.vue-flow__handle') : null;
  const { nodeid, handleid } = handle?.dataset ?? {};
  return nodeid === undefined || handleid === undefined ? undefined : { node: nodeid, ...portOfHandle(handleid) };
}

function ends({ source, target, sourceHandle, targetHandle }: Connection): readonly [WireStart, WireStart] | undefined {
  if (!sourceHandle || !targetHandle) return undefined;
  return [
    { node: source, ...portOfHandle(sourceHandle) },
    { node: target, ...portOfHandle(targetHandle) },
  ];
}
