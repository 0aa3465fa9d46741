import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { catalog, decide, environmentFile, loadEnvironment, readCheckedLock, renderTable } from '../config';
import type { Environment } from '../config';
import { findTerraform, rehearseLife } from '../rehearsal/run';
import { synthesiseEnvironments } from '../stacks';
import { rehearsalReport } from './rehearsal-report';

/** The main job, offline: what the lock says is deployed by the real cdktf and Terraform against a simulated Azure. */
export async function rehearse(nameOrPath: string, options: { readonly keep?: boolean }): Promise<void> {
  await findTerraform();
  const file = environmentFile(nameOrPath, process.cwd());
  const environment = loadEnvironment(file);
  const { asOf } = readCheckedLock(file, environment, catalog).decision;
  // Decided anew for the day of the lock, because a lock holds no alternatives to show.
  const decision = decide(environment, catalog, { asOf });
  const outdir = mkdtempSync(join(tmpdir(), 'berth-'));
  try {
    const [synthesised] = synthesiseEnvironments(new App({ outdir, stackTraces: false }), {
      environment: file,
    });
    const result = await rehearseLife(
      { directory: outdir },
      { deployWith: 'cdktf', fixtures: fixturesOf(environment), keep: options.keep, onProgress: print },
    );
    print(`\n${renderTable(decision, { colour: process.stdout.isTTY })}\n`);
    print(rehearsalReport(result, synthesised?.directory ?? {}));
    if (result.directory) print(`kept: ${result.directory}`);
    if (!result.ok) process.exitCode = 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What each URL would serve, as the environment states it: a rehearsal downloads nothing. */
function fixturesOf({ weights, engines }: Environment): Record<string, string> {
  return Object.fromEntries([...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
