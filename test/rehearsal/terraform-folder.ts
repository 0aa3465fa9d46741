import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementReads } from '../../rehearsal/run/element-reads';
import { outputReads } from '../../rehearsal/run/output-reads';
import type { Simulation, SimulationOptions } from '../../rehearsal/simulation';
import { startSimulation } from '../../rehearsal/simulation';

/** A Terraform configuration as JSON: blocks by kind. */
export type Configuration = Readonly<Record<string, Readonly<Record<string, object>> | readonly object[]>>;

/** What a Terraform command answered. */
export interface Ran {
  readonly code: number;
  readonly text: string;
}

/** Resource types and data sources of a configuration, as a simulation wants them. */
function typesOf(configuration: Configuration): readonly string[] {
  const data = Object.keys(configuration['data'] ?? {}).map(type => `data.${type}`);
  return [...Object.keys(configuration['resource'] ?? {}), ...data];
}

/** A folder in which the real Terraform runs against a simulation. */
export class TerraformFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'terraform-'));
  private running: Simulation | undefined;
  private child: ChildProcess | undefined;

  get azure() {
    if (!this.running) throw new Error('start the folder first');
    return this.running.azure;
  }

  /** Writes the configuration and starts a simulation for its types; one that runs already is stopped. */
  async start(configuration: Configuration, options: SimulationOptions = {}): Promise<void> {
    await this.running?.stop();
    this.write(configuration);
    const stateFile = join(this.path, 'azure.json');
    const killDeploy = () => void this.child?.kill('SIGKILL');
    const stacks = [{ name: '', directory: this.path, dependencies: [], json: configuration }];
    this.running = await startSimulation({
      stateFile,
      types: typesOf(configuration),
      killDeploy,
      outputReads: outputReads(stacks),
      elementReads: elementReads(stacks),
      ...options,
    });
  }

  write(configuration: Configuration): void {
    const providers = { azurerm: { source: 'hashicorp/azurerm' }, azapi: { source: 'azure/azapi' } };
    const all = {
      terraform: { required_providers: providers },
      provider: { azurerm: [{ features: [{}] }], azapi: [{}] },
      ...configuration,
    };
    writeFileSync(join(this.path, 'main.tf.json'), JSON.stringify(all));
  }

  /** Runs `terraform <command>` without colours; the answer holds both of its output streams. */
  run(command: string): Promise<Ran> {
    const env = {
      ...process.env,
      ...this.running?.environment,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
    };
    return new Promise(resolve => {
      const child = execFile(
        'terraform',
        [...command.split(' '), '-no-color'],
        { cwd: this.path, env },
        (failure, out, err) =>
          resolve({
            code: typeof failure?.code === 'number' ? failure.code : failure ? 1 : 0,
            text: plain(out + err),
          }),
      );
      child.stdin?.end();
      this.child = child;
    });
  }

  /** Runs `terraform init`, which installs nothing, and `terraform apply`. */
  async apply(): Promise<Ran> {
    await this.run('init -input=false');
    return this.run('apply -auto-approve -input=false');
  }

  state(): {
    readonly resources: readonly { readonly type: string; readonly instances: readonly object[] }[];
  } {
    return JSON.parse(readFileSync(join(this.path, 'terraform.tfstate'), 'utf8'));
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Terraform draws boxes around messages and breaks their lines: undo both. */
function plain(text: string): string {
  return text.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ');
}
