import type { LogFields, LogLevel } from '@kinegraph/core';

export interface TextLine {
  readonly time: Date;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
  /** With the stack of its error and of the causes. */
  readonly isWhole: boolean;
}

/** A line of the log for people: `12:34:56 warn  live/camera: It is away. (CODE)`; what belongs to it follows indented. */
export function textLine({ time, level, message, fields, isWhole }: TextLine): string {
  const error = asRecord(fields['error']);
  const code = typeof error?.['code'] === 'string' ? ` (${error['code']})` : '';
  const head = `${time.toTimeString().slice(0, 8)} ${level.padEnd(5)} ${placeOf(fields)}${message}${code}`;
  const details = isWhole ? stacksOf(error) : [];
  return `${[head, ...details].map(printable).join('\n    ')}\n`;
}

/** Whose line it is: `live/camera: `. */
function placeOf({ run, node }: LogFields): string {
  const place = [run, node].filter((name) => typeof name === 'string').join('/');
  return place === '' ? '' : `${place}: `;
}

function stacksOf(error: LogFields | undefined): string[] {
  const lines: string[] = [];
  for (let record = error; record !== undefined; record = asRecord(record['cause'])) {
    const told =
      [record['stack'], record['message']].find((text) => typeof text === 'string') ?? 'something that is no error';
    lines.push(`${lines.length === 0 ? '' : 'caused by '}${told}`);
  }
  return lines;
}

function asRecord(value: unknown): LogFields | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

/** What clients send may end up in a message: it can neither begin a line of its own nor steer a terminal. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- it is control characters that are looked for
  return text.replace(/\r?\n/g, '\n    ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
