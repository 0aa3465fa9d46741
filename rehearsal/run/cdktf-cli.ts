import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from '../process/execute';
import { CdktfLines, parseStackLog } from './cdktf-log';
import type { StackLog } from './cdktf-log';
import { CdktfUnusable } from '../unusable';
import type { CdktfProgram } from './cdktf-program';
import type { Workspace } from './workspace';

/** What one run of the cdktf CLI did. */
interface CdktfOutcome {
  readonly ok: boolean;
  readonly stacks: ReadonlyMap<string, StackLog>;
  /** What the CLI itself said when it failed; empty otherwise. */
  readonly message: string;
}

/** The real cdktf or cdktn CLI, on an assembly that is synthesised already. */
export class CdktfCli {
  private readonly project: string;

  constructor(
    private readonly workspace: Workspace,
    readonly program: CdktfProgram,
  ) {
    this.project = workspace.path('project');
    mkdirSync(this.project, { recursive: true });
    const config = { language: 'typescript', app: 'true', projectId: 'rehearsal', sendCrashReports: 'false' };
    writeFileSync(join(this.project, 'cdktf.json'), JSON.stringify(config));
  }

  /**
   * `cdktf deploy` or `cdktf destroy` of stacks.
   * @param environment the whole environment
   * @param onLine told of each line of a stack
   * @throws CdktfUnusable when the CLI ends of an error of its own before it has done anything
   */
  async run(
    command: 'deploy' | 'destroy',
    assembly: string,
    stacks: readonly string[],
    environment: Readonly<Record<string, string>>,
    onLine: (stack: string, text: string) => void,
  ): Promise<CdktfOutcome> {
    const lines = new Map<string, string[]>(stacks.map(stack => [stack, []]));
    const reader = new CdktfLines(stacks);
    const own: string[] = [];
    const args = ['--app', 'true', '--output', assembly, '--skip-synth', '--auto-approve', '--no-color'];
    const { status, signal } = await execute(
      process.execPath,
      [this.program.file, command, ...stacks, ...args],
      {
        directory: this.project,
        // What a newer Node.js warns of in the CLI's own code is not the reason that a deploy failed.
        environment: { ...environment, CI: '1', NODE_NO_WARNINGS: '1' },
        onStart: this.workspace.watch,
        onLine: (line, stream) => {
          const next = stream === 'stdout' ? reader.next(line) : undefined;
          if (next) lines.get(next.stack)?.push(next.text);
          else own.push(line);
          if (next) onLine(next.stack, next.text);
        },
      },
    );
    const logs = new Map([...lines].map(([stack, texts]) => [stack, parseStackLog(texts)]));
    const crash = [...lines.values()].every(texts => texts.length === 0) ? crashIn(own) : undefined;
    if (crash !== undefined) throw this.unusable(crash);
    const ended = signal ? [`${this.program.command} was ended by ${signal}`] : [];
    return {
      ok: status === 0,
      stacks: logs,
      message: status === 0 ? '' : [...own, ...ended].join('\n').trim(),
    };
  }

  private unusable(crash: string): CdktfUnusable {
    const { command, version } = this.program;
    return new CdktfUnusable(
      `${command}-cli ${version} does not start on Node.js ${process.versions.node}: ${crash}; install it again, or another one`,
    );
  }
}

/** The error that ended Node.js, without where it came from; undefined when none did. */
function crashIn(lines: readonly string[]): string | undefined {
  if (!lines.some(line => /^Node\.js v\d/.test(line))) return undefined;
  return lines.map(line => /^\w*Error: (.+)/.exec(line)?.[1]).find(message => message !== undefined);
}
