import type { Command, CommandCall } from '../cli/command.js';
import { UsageError } from '../cli/usage-error.js';
import { evaluate } from './signs/evaluate.js';
import { record } from './signs/record.js';
import { deleteTakes, exportSet, importTakes, list } from './signs/takes.js';
import { train } from './signs/train.js';

/** One thing that `kinegraph signs` does. */
interface Action {
  /** What it needs, as the help shows it. */
  readonly takes: readonly string[];
  /** The options that it knows. */
  readonly options: readonly string[];
  /** Whether more may follow what it needs. */
  readonly more?: boolean;
  readonly run: (call: CommandCall, args: readonly string[]) => Promise<number>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  record: { takes: ['LABEL'], options: ['set', 'input', 'graph', 'duration', 'json'], run: record },
  train: { takes: ['DIR'], options: ['out', 'features', 'seed', 'title', 'encoder', 'json'], run: train },
  eval: { takes: ['MODEL', 'DIR'], options: ['json'], run: evaluate },
  list: { takes: ['DIR'], options: ['json'], run: list },
  export: { takes: ['DIR'], options: ['out'], run: exportSet },
  import: { takes: ['DIR', 'FILE'], options: [], run: importTakes },
  delete: { takes: ['DIR', 'LABEL'], options: [], more: true, run: deleteTakes },
};
const COMMON = new Set(['plugin', 'debug', 'help']);

/** Records takes of signs, trains models with them, and tells how good they are. */
export const signsCommand: Command = {
  name: 'signs',
  summary:
    'Teach signs: record LABEL --set DIR, train DIR --out FILE, eval MODEL DIR; list DIR, export DIR, import DIR FILE, delete DIR LABEL [TAKE...].',
  positionals: ['record|train|eval|list|export|import|delete', '[ARGUMENT...]'],
  options: {
    set: { type: 'string', value: 'DIR', description: 'record: the folder of takes to add to.' },
    input: {
      type: 'string',
      short: 'i',
      multiple: true,
      value: 'CLIP',
      description: 'record: a video of the sign, made once; may be repeated, a take each.',
    },
    graph: {
      type: 'string',
      value: 'GRAPH',
      description: 'record: run this graph, and record the hands that reach a sink of it.',
    },
    duration: { type: 'string', short: 'd', value: 'SECONDS', description: 'record: stop after this many seconds.' },
    out: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'train: where the model goes, NAME.onnx. export: a file in place of standard output.',
    },
    features: {
      type: 'string',
      value: 'VERSION',
      choices: ['signfeat/1'],
      description: 'train: what the model sees of a hand. Default: signfeat/1.',
    },
    seed: {
      type: 'string',
      value: 'NUMBER',
      description: 'train: a whole number; another one gives a model that differs a little. Default: 1.',
    },
    title: {
      type: 'string',
      value: 'TEXT',
      description: 'train: a title for the card of the model, of up to 200 characters.',
    },
    encoder: {
      type: 'string',
      value: 'FILE',
      description: 'train: an encoder (ONNX) in place of the one that comes along.',
    },
    json: { type: 'boolean', description: 'record, train, eval, list: print as JSON.' },
  },
  async run(call: CommandCall): Promise<number> {
    const [name = '', ...args] = call.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) throw usage(`"kinegraph signs" knows ${Object.keys(ACTIONS).join(', ')}, not "${name}".`);
    const missing = action.takes[args.length];
    if (missing !== undefined) throw usage(`"kinegraph signs ${name}" needs ${missing}.`);
    const extra = action.more === true ? undefined : args[action.takes.length];
    if (extra !== undefined) throw usage(`"kinegraph signs ${name}" does not know what to do with "${extra}".`);
    for (const option of Object.keys(signsCommand.options)) {
      const isGiven = call.flag(option) || call.texts(option).length > 0;
      if (isGiven && !action.options.includes(option) && !COMMON.has(option)) {
        const known = action.options.map((one) => `--${one}`).join(', ');
        throw usage(`"kinegraph signs ${name}" does not know --${option}. It knows ${known === '' ? 'none' : known}.`);
      }
    }
    return await action.run(call, args);
  },
};

function usage(message: string): UsageError {
  return new UsageError(message, { command: 'signs' });
}
