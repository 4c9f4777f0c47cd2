import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { SERVE_OPTIONS, flagValues, loadConfig } from '../config/index.js';
import { CHECKS, examine } from '../doctor/index.js';
import type { ExaminedMachine } from '../doctor/index.js';
import { doctorLines } from '../output/doctor-report.js';

const { 'print-config': _, ...OPTIONS } = SERVE_OPTIONS;

/** Looks whether this machine and this configuration make a server, and tells what is wrong. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check this machine and a configuration, and tell what is wrong with its mend.',
  positionals: [],
  options: { ...OPTIONS, json: { type: 'boolean', description: 'Print what was found as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    const findings = await examine(
      CHECKS,
      { env: process.env, configuration: configurationOf(call) },
      call.interrupted,
    );
    if (call.flag('json')) await call.console.print(JSON.stringify(findings, null, 2));
    else for (const line of doctorLines(findings, call.console.columns)) await call.console.print(line);
    return findings.some(({ outcome }) => outcome === 'fault') ? EXIT_RUN_FAILED : EXIT_DONE;
  },
};

/** What `kinegraph serve` would take with the same options. One that cannot be used is a finding, and the first. */
function configurationOf(call: CommandCall): ExaminedMachine['configuration'] {
  const file = call.text('config');
  try {
    const loaded = loadConfig({
      workingFolder: process.cwd(),
      env: process.env,
      flags: flagValues(call),
      ...(file === undefined ? {} : { file }),
    });
    return { loaded };
  } catch (error) {
    return { error };
  }
}
