/**
 * Reads the text format of Prometheus, version 0.0.4, and refuses all that the format does not allow.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/;
const TYPES = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);

/** The metrics of a text by their names. @throws Error naming the line that is at fault */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, { type: string; help: string; samples: ReadSample[] }>();
  const series = new Set<string>();
  let open = '';
  for (const line of text.split('\n').slice(0, -1)) {
    if (line === '') continue;
    const fault = (what: string): Error => new Error(`${what}: ${line}`);
    const comment = COMMENT.exec(line);
    if (comment !== null) {
      const [, kind = '', name = '', rest = ''] = comment;
      if (kind === 'HELP') {
        if (families.has(name)) throw fault('A metric is told of twice');
        families.set(name, { type: '', help: rest, samples: [] });
        open = name;
        continue;
      }
      const family = families.get(name);
      if (family === undefined || family.type !== '' || open !== name) throw fault('A type in the wrong place');
      if (!TYPES.has(rest)) throw fault('No such type');
      family.type = rest;
      continue;
    }
    const found = SAMPLE.exec(line);
    if (found === null) throw fault('Neither a comment nor a sample');
    const [, name = '', labelText = '', number = ''] = found;
    const family = families.get(open);
    if (family === undefined || family.type === '') throw fault('A sample before its type');
    const endings = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    if (!endings.some((ending) => name === open + ending)) throw fault(`A sample among those of ${open}`);
    const sample = { name, labels: labelsOf(labelText, fault), value: numberOf(number, fault) };
    const key = keyOf(name, sample.labels);
    if (series.has(key)) throw fault('A series twice');
    series.add(key);
    family.samples.push(sample);
  }
  for (const [name, family] of families) check(name, family);
  return families;
}

/** The one sample with these labels, and perhaps others. @throws Error where there is none, or there are several */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const [found, more] = samplesOf(families, name, labels);
  if (found === undefined || more !== undefined)
    throw new Error(`${found === undefined ? 'No' : 'More than one'} ${name} ${JSON.stringify(labels)}`);
  return found.value;
}

/** Those with these labels, and perhaps others; `name` may be that of a histogram's part. */
export function samplesOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly ReadSample[] {
  const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ''));
  return (family?.samples ?? []).filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
}

function labelsOf(text: string, fault: (what: string) => Error): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== '';) {
    const found = LABEL.exec(rest);
    if (found === null) throw fault(`Labels that cannot be read at ${rest}`);
    const [whole, name = '', value = ''] = found;
    if (name in labels) throw fault(`The label ${name} twice`);
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(whole.length);
  }
  return labels;
}

/** As Go's `strconv.ParseFloat`, which Prometheus reads with. */
function numberOf(text: string, fault: (what: string) => Error): number {
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw fault(`${text} is no number`);
  return Number(text);
}

function check(name: string, { type, help, samples }: Family): void {
  if (type === '' || help === '') throw new Error(`${name} has no type or no help.`);
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0 && value < Infinity)))
    throw new Error(`${name} is a counter with a value that none can have.`);
  if (type !== 'histogram') return;
  const rows = new Map<string, { buckets: (readonly [number, number])[]; sum?: number; count?: number }>();
  for (const { name: part, labels, value } of samples) {
    const { le, ...rest } = labels;
    const key = keyOf(name, rest);
    const row = rows.get(key) ?? { buckets: [] };
    rows.set(key, row);
    if (part.endsWith('_bucket')) row.buckets.push([le === '+Inf' ? Infinity : Number(le), value]);
    else if (part.endsWith('_sum')) row.sum = value;
    else row.count = value;
  }
  for (const [key, { buckets, sum, count }] of rows) {
    if (buckets.at(-1)?.[0] !== Infinity || buckets.at(-1)?.[1] !== count || sum === undefined)
      throw new Error(`${key}: its last bucket, its sum or its count is missing or wrong.`);
    for (const [index, [le, value]] of buckets.entries()) {
      const [before, less] = buckets[index - 1] ?? [-Infinity, 0];
      if (!(le > before) || !(value >= less)) throw new Error(`${key}: its buckets do not ascend at ${le}.`);
    }
  }
}

function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name} ${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => a.localeCompare(b)))}`;
}
