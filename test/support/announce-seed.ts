/** Says once which seed the property tests use and how to repeat or vary it. */
export default function announceSeed({ config }: { config: { env: Partial<Record<string, string>> } }): void {
  const seed = config.env['KINEGRAPH_SEED'];
  process.stdout.write(`Property tests use seed ${seed} (set KINEGRAPH_SEED to use another).\n`);
}
