import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { empty, Worker } from '../rehearsal/reliability';
import type { Stack } from '../rehearsal/run';
import { findTerraform } from '../rehearsal/run';
import { execute } from '../rehearsal/process/execute';
import { generatedStack } from './generated-stack';

/** One rehearsed deploy of a generated stack. */
interface Growth {
  readonly resources: number;
  /** Unit: milliseconds. */
  readonly elapsed: number;
  /** Processor time of this process, simulated Azure and providers included, Terraform not. Unit: milliseconds. */
  readonly simulation: number;
  /** Peak memory of this process, at which Terraform's is not counted. Unit: MiB. */
  readonly peak: number;
}

/** Deploys a generated stack once, in this process. */
export async function deployGenerated(resources: number): Promise<Growth> {
  const directory = mkdtempSync(join(tmpdir(), 'berth-growth-'));
  let worker: Worker | undefined;
  try {
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(generatedStack(resources)));
    worker = await Worker.open(directory, await findTerraform(), new Map());
    await worker.restore(empty, worker.stacks);
    const [before, started] = [process.cpuUsage(), performance.now()];
    const { ok, diagnostics } = await worker.apply(worker.stacks[0] as Stack);
    const elapsed = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    const made = worker.snapshot().resources.length;
    if (!ok || made !== resources)
      throw new Error(
        `${made} of ${resources} resources made: ${diagnostics.map(({ summary }) => summary).join('\n')}`,
      );
    return {
      resources,
      elapsed,
      simulation: (user + system) / 1000,
      peak: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await worker?.close();
    rmSync(directory, { recursive: true });
  }
}

/** The same in a process of its own, because a process knows only the peak of its whole life. */
export async function deployGeneratedApart(resources: number): Promise<Growth> {
  const args = [...process.execArgv, process.argv[1] as string, 'growth', String(resources)];
  const { status, stdout, stderr } = await execute(process.execPath, args, { environment: process.env });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as Growth;
}
