/** Charts of a run. */
export const charts = {
  'charts.title': 'Charts',
  'charts.of': 'Charts of {run}',
  'charts.none': 'The graph does not run.',
  'charts.age': 'Age at the sinks',
  'charts.rates': 'Results',
  'charts.drops': 'Drops',
  'charts.cpu': 'Processor time of the server',
  'charts.memory': 'Memory of the server',
} as const;
