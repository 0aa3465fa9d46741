import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformBinary } from './binary';
import { execute } from '../process/execute';
import type { Execution } from '../process/execute';
import { parseMessage, parseReport, plannedChanges } from './json-ui';
import type { Diagnostic, Report } from './json-ui';
import type { PlanJson } from './plan-json';

/** One command's outcome. */
export interface Outcome extends Report {
  readonly ok: boolean;
}

/** A plan's outcome; without `plan` when Terraform could not make one. */
interface PlanOutcome extends Outcome {
  readonly plan?: PlanJson;
}

/** Where and how commands run. */
interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** The whole environment of each command. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told of each started process. @default - none */
  readonly onStart?: (child: ChildProcess) => void;
  /** Told of each message for people. @default - none */
  readonly onMessage?: (message: string) => void;
  /** A plan as its readers are to see it. @default - as Terraform made it */
  readonly readPlan?: (plan: PlanJson) => PlanJson;
}

/** Runs Terraform's commands in directories and reads what it says. */
export class Terraform {
  /** Name of the plan file in the working directory. */
  static readonly planFile = 'rehearsal.tfplan';

  constructor(private readonly options: TerraformOptions) {}

  /** Initialises a directory, once. */
  async init(directory: string): Promise<Outcome> {
    if (isInitialised(directory)) return { ...parseReport(''), ok: true };
    const execution = await this.run(directory, ['init', '-input=false', '-no-color']);
    const report = parseReport('');
    return { ...report, ok: execution.status === 0, diagnostics: this.diagnosticsOf(execution) };
  }

  /** Makes a plan and reads it. The plan file stays in the directory, for `apply`. @param args more arguments */
  async plan(directory: string, args: readonly string[] = []): Promise<PlanOutcome> {
    const outcome = await this.operate(directory, ['plan', ...args, `-out=${Terraform.planFile}`]);
    return outcome.ok ? { ...outcome, plan: await this.show(directory) } : outcome;
  }

  /** Applies the plan that `plan` left in the directory. */
  apply(directory: string): Promise<Outcome> {
    return this.operate(directory, ['apply', Terraform.planFile]);
  }

  /** What the next deploy would change: a line for each resource and output. It starts one process, where `plan` starts two. */
  async changes(directory: string): Promise<{ readonly ok: boolean; readonly changes: readonly string[] }> {
    const args = ['plan', '-json', '-input=false', '-lock=false', '-detailed-exitcode'];
    const execution = await this.run(directory, args);
    const { status, stdout } = execution;
    if (status === 0) return { ok: true, changes: [] };
    if (status === 2) return { ok: true, changes: plannedChanges(stdout) };
    return { ok: false, changes: this.diagnosticsOf(execution).map(({ summary }) => summary) };
  }

  /** Plans and applies in one command. */
  deploy(directory: string): Promise<Outcome> {
    return this.operate(directory, ['apply', '-auto-approve']);
  }

  /** Any command that answers in text: `import`, `force-unlock`. */
  async command(directory: string, args: readonly string[]): Promise<Outcome> {
    const [name = '', ...rest] = args;
    const execution = await this.run(directory, [name, '-no-color', ...rest]);
    return { ...parseReport(''), ok: execution.status === 0, diagnostics: this.diagnosticsOf(execution) };
  }

  destroy(directory: string): Promise<Outcome> {
    return this.operate(directory, ['destroy', '-auto-approve']);
  }

  private async show(directory: string): Promise<PlanJson> {
    const execution = await this.run(directory, ['show', '-json', Terraform.planFile]);
    if (execution.status !== 0) {
      throw new Error(
        `terraform show could not read ${join(directory, Terraform.planFile)}: ${execution.stderr.trim()}`,
      );
    }
    const plan = JSON.parse(execution.stdout) as PlanJson;
    return this.options.readPlan?.(plan) ?? plan;
  }

  private async operate(directory: string, [command, ...rest]: readonly string[]): Promise<Outcome> {
    const args = [command as string, '-json', '-input=false', ...rest];
    const execution = await this.run(directory, args, line => {
      const message = parseMessage(line)?.['@message'];
      if (message !== undefined) this.options.onMessage?.(message);
    });
    const report = parseReport(execution.stdout);
    return {
      ...report,
      ok: execution.status === 0,
      diagnostics: this.diagnosticsOf(execution, report.diagnostics),
    };
  }

  /** A command may fail before its machine-readable UI starts: then what it printed is the diagnostic. */
  private diagnosticsOf(execution: Execution, reported: readonly Diagnostic[] = []): readonly Diagnostic[] {
    if (execution.status === 0 || reported.some(({ severity }) => severity === 'error')) return reported;
    const text = (execution.stderr || execution.stdout).trim();
    const { product } = this.options.binary;
    if (execution.signal) {
      const summary = `${product} was ended by ${execution.signal}`;
      return [...reported, { severity: 'error', summary, detail: '' }];
    }
    const summary = /Error: (.*)/.exec(text)?.[1] ?? `${product} ended with status ${execution.status}`;
    return [...reported, { severity: 'error', summary, detail: text }];
  }

  private run(
    directory: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<Execution> {
    const { binary, environment, onStart } = this.options;
    return execute(binary.path, args, { environment, directory, onLine, onStart });
  }
}

/** Modules may be installed before. */
function isInitialised(directory: string): boolean {
  const folder = join(directory, '.terraform');
  return existsSync(folder) && readdirSync(folder).some(name => name !== 'modules');
}
