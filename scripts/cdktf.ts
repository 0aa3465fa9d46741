// Runs the CLI that works on this Node.js, cdktf or cdktn, with the arguments it is given: `npm run deploy -- 'dev-*'`.
import { spawn } from 'node:child_process';
import { fail } from '../bin/failure';
import { findCdktf } from '../rehearsal/run';

async function run(): Promise<void> {
  const { file } = await findCdktf(process.cwd());
  const child = spawn(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
  // An interrupt from the terminal reaches the CLI without us, and a second one would make Terraform give up.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', code => (process.exitCode = code ?? 1));
}

run().catch(fail);
