/** A setting of the server, as it is told. */
export interface SettingRow {
  readonly name: string;
  readonly value: string;
  /** Where it comes from: `default`, a file, a variable, a flag. */
  readonly from: string;
}

/** The settings one by one, those that somebody has set first. */
export function settingRows(config: unknown, from: Readonly<Record<string, string>>): readonly SettingRow[] {
  const rows = Object.entries(from).map(([name, origin]) => ({ name, value: told(at(config, name)), from: origin }));
  const isSet = ({ from: origin }: SettingRow): boolean => origin !== 'default';
  return [...rows.filter(isSet), ...rows.filter((row) => !isSet(row))];
}

function at(config: unknown, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined,
      config,
    );
}

function told(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
