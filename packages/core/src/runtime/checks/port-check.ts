import { formatPortType, parsePortType } from '../../graph/index.js';
import type { PortType } from '../../graph/index.js';
import { Frame } from '../../vision/index.js';
import { closedFrame, frameCheck } from './frame-check.js';
import { landmarksCheck } from './landmarks-check.js';
import type { PointNames } from './landmarks-check.js';
import { anglesCheck, classificationCheck, detectionsCheck } from './result-checks.js';
import { tensorsCheck } from './tensors-check.js';
import { describeValue, isRecord, wrongType } from './value-check.js';
import type { ValueCheck, ValueFault } from './value-check.js';

/**
 * The check of what goes out at a port of this type, made once and called for every packet. Values of types that the core
 * does not know, and of `any`, are only refused where they can be no single value at all.
 * @param type - without `$`.
 * @param looksInside - false where the values inside windows were checked before.
 */
export function portCheck(type: string, pointNames: PointNames, looksInside = true): ValueCheck {
  const parsed = parsePortType(type);
  const check = parsed === undefined ? undefined : checkOf(parsed, pointNames, looksInside);
  if (check === undefined) return anyCheck;
  return (value, timestampMs) => anyCheck(value) ?? check(value, timestampMs);
}

/** Refuses what travels on no wire whatever its type: several answers, promises, closed frames. */
export function anyCheck(value: unknown): ValueFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Frame) return value.closed ? closedFrame(value) : undefined;
  if ('then' in value && typeof value.then === 'function') {
    return { found: 'a promise', mend: 'Await it, and answer the value.' };
  }
  if (
    'next' in value &&
    typeof value.next === 'function' &&
    (Symbol.iterator in value || Symbol.asyncIterator in value)
  ) {
    return {
      found: 'an iterator',
      mend: 'A node answers one value for each packet: return it, where the method is a generator that yields several.',
    };
  }
  return undefined;
}

/** Undefined where everything is allowed. */
function checkOf({ windows, base }: PortType, pointNames: PointNames, looksInside: boolean): ValueCheck | undefined {
  if (windows > 0) {
    const inside = looksInside ? checkOf({ windows: windows - 1, base }, pointNames, true) : undefined;
    return windowCheck(formatPortType({ windows, base }), inside ?? anyCheck);
  }
  if (base.is === 'choice') {
    const checks = base.of.map((choice) => checkOf(choice, pointNames, looksInside));
    return checks.includes(undefined) ? undefined : choiceCheck(checks.filter((check) => check !== undefined));
  }
  if (base.is !== 'name') return undefined;
  switch (base.family) {
    case 'frame':
      return frameCheck;
    case 'landmarks':
      return landmarksCheck(base.member ?? '*', pointNames);
    case 'angles':
      return anglesCheck;
    case 'classification':
      return classificationCheck;
    case 'detections':
      return detectionsCheck;
    case 'tensors':
      return tensorsCheck;
    default:
      return undefined;
  }
}

/** The value has to be one of several types. */
function choiceCheck(checks: readonly ValueCheck[]): ValueCheck {
  return (value, timestampMs) => {
    let fault: ValueFault | undefined;
    for (const check of checks) {
      const found = check(value, timestampMs);
      if (found === undefined) return undefined;
      fault ??= found;
    }
    return fault;
  };
}

/** A window brings the packets that are in it, oldest first, each of its own time. */
function windowCheck(type: string, inside: ValueCheck): ValueCheck {
  return (value) => {
    const packets = isRecord(value) ? value['packets'] : undefined;
    if (!isRecord(value) || !Array.isArray(packets) || typeof value['close'] !== 'function')
      return wrongType(value, type, 'a window with "packets", clone() and close()');
    let beforeMs = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < packets.length; at += 1) {
      const packet: unknown = packets[at];
      const timeMs = isRecord(packet) ? packet['timestampMs'] : undefined;
      if (!isRecord(packet) || typeof timeMs !== 'number' || !(timeMs > beforeMs)) {
        return {
          found: `a window whose packet ${at} is at ${describeValue(timeMs)}`,
          mend: 'Allowed are packets with increasing timestampMs.',
        };
      }
      beforeMs = timeMs;
      const fault = inside(packet['value'], timeMs);
      if (fault !== undefined) return { found: `a window with ${fault.found}, in packet ${at}`, mend: fault.mend };
    }
    return undefined;
  };
}
