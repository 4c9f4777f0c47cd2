import type { SignFigures } from './evaluate.js';
import type { TrainingPlan } from './recipe.js';

/** What the report of a training is made of. */
export interface ReportParts {
  readonly plans: Readonly<Record<'default' | 'encoder', TrainingPlan>>;
  readonly weights: Readonly<Record<'default' | 'encoder', number>>;
  readonly bytes: Readonly<Record<'default' | 'encoder', number>>;
  readonly figures: SignFigures;
  readonly encoder: { readonly oneTake: number; readonly fiveTakes: number };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The report in Markdown; nothing in it depends on the machine or the day, so that equal trainings give equal reports. */
export function reportOf({ plans, weights, bytes, figures, encoder }: ReportParts): string {
  const size = (kind: 'default' | 'encoder'): string =>
    `${weights[kind].toLocaleString('en')} weights, ${bytes[kind].toLocaleString('en')} bytes, ${plans[kind].steps} steps of 256 windows, seed ${plans[kind].seed}`;
  const list = (shares: Readonly<Record<string, number>>): string =>
    Object.entries(shares)
      .map(([name, share]) => `${name} ${(share * 100).toFixed(0)}`)
      .join(', ');
  return `# The models of this folder

Written by \`npm run train:default\` of the repository, which makes the same bytes again; nothing here is from people.

- \`default.onnx\`: ${size('default')}.
- \`encoder.onnx\`: ${size('encoder')}.

On made-up signers that training has not met:

| figure | value |
| --- | --- |
| right sign of 30 | ${percent(figures.heldOut)} |
| the same, every second frame missing | ${percent(figures.everySecondMissing)} |
| the same, three times the jitter | ${percent(figures.tripleJitter)} |
| windows without a sign that are named | ${percent(figures.negativesNamed)} |
| hands in the other letters that are named | ${percent(figures.othersNamed)} |
| encoder: sign of 20 told from one take each | ${percent(encoder.oneTake)} |
| encoder: sign of 20 told from five takes each | ${percent(encoder.fiveTakes)} |

Right by sign (%): ${list(figures.byLabel)}.

Named without a sign, by what the hand does (%): ${list(figures.namedByKind)}.
`;
}
