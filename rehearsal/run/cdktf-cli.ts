import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execute } from '../terraform/execute';
import { CdktfLines, parseStackLog } from './cdktf-log';
import type { StackLog } from './cdktf-log';
import { Unrehearsable } from './unrehearsable';
import type { Workspace } from './workspace';

/** What one run of the cdktf CLI did. */
export interface CdktfOutcome {
  readonly ok: boolean;
  readonly stacks: ReadonlyMap<string, StackLog>;
  /** What the CLI itself said when it failed; empty otherwise. */
  readonly message: string;
}

/** The real cdktf CLI, on an assembly that is synthesised already. */
export class CdktfCli {
  private readonly program: string;
  private readonly project: string;

  /**
   * @param directory where the app is: its own cdktf-cli is used if it has one
   * @throws Unrehearsable when cdktf-cli is not installed.
   */
  constructor(
    private readonly workspace: Workspace,
    directory: string,
  ) {
    this.program = findProgram(directory);
    this.project = workspace.path('project');
    mkdirSync(this.project, { recursive: true });
    const config = { language: 'typescript', app: 'true', projectId: 'rehearsal', sendCrashReports: 'false' };
    writeFileSync(join(this.project, 'cdktf.json'), JSON.stringify(config));
  }

  /**
   * `cdktf deploy` or `cdktf destroy` of stacks.
   * @param environment the whole environment
   * @param onLine told of each line of a stack
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
    const { status, signal } = await execute(process.execPath, [this.program, command, ...stacks, ...args], {
      directory: this.project,
      environment: { ...environment, CI: '1' },
      onStart: this.workspace.watch,
      onLine: line => {
        const next = reader.next(line);
        if (next) lines.get(next.stack)?.push(next.text);
        else own.push(line);
        if (next) onLine(next.stack, next.text);
      },
    });
    const logs = new Map([...lines].map(([stack, texts]) => [stack, parseStackLog(texts)]));
    const ended = signal ? [`cdktf was ended by ${signal}`] : [];
    return {
      ok: status === 0,
      stacks: logs,
      message: status === 0 ? '' : [...own, ...ended].join('\n').trim(),
    };
  }
}

function findProgram(directory: string): string {
  const require = createRequire(__filename);
  let manifest: string;
  try {
    manifest = require.resolve('cdktf-cli/package.json', { paths: [directory, __dirname] });
  } catch {
    throw new Unrehearsable(`cdktf-cli is not installed for ${directory}: npm install --save-dev cdktf-cli`);
  }
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { cdktf: string } };
  return join(dirname(manifest), bin.cdktf);
}
