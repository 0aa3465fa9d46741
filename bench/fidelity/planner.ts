import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulation } from '../../rehearsal/simulation';
import type { Simulation } from '../../rehearsal/simulation';
import { findTerraform } from '../../rehearsal/terraform/binary';
import { rehearsalEnvironment } from '../../rehearsal/terraform/environment';
import type { Diagnostic } from '../../rehearsal/terraform/json-ui';
import type { PlanJson } from '../../rehearsal/terraform/plan-json';
import { Terraform } from '../../rehearsal/terraform/terraform';
import type { Configuration } from './real-plans';

/** Plans configurations with the simulated providers, over a state that is not refreshed. */
export class Planner {
  private constructor(
    private readonly directory: string,
    private readonly simulation: Simulation,
    private readonly terraform: Terraform,
  ) {}

  /** @param state what is deployed. @default - nothing */
  static async open(configuration: Configuration, state?: object): Promise<Planner> {
    const directory = mkdtempSync(join(tmpdir(), 'berth-fidelity-'));
    const simulation = await startSimulation({ types: typesOf(configuration) });
    const binary = await findTerraform();
    const environment = rehearsalEnvironment(process.env, binary, {
      ...simulation.environment,
      TF_CLI_ARGS_plan: '-refresh=false',
    });
    if (state) writeFileSync(join(directory, 'terraform.tfstate'), JSON.stringify(state));
    return new Planner(directory, simulation, new Terraform({ binary, environment }));
  }

  async plan(configuration: Configuration): Promise<{ plan?: PlanJson; diagnostics: readonly Diagnostic[] }> {
    const required_providers = {
      azurerm: { source: 'hashicorp/azurerm' },
      azapi: { source: 'azure/azapi' },
    };
    const text = JSON.stringify({ ...configuration, terraform: { required_providers } });
    writeFileSync(join(this.directory, 'main.tf.json'), text);
    const initialised = await this.terraform.init(this.directory);
    return initialised.ok ? this.terraform.plan(this.directory) : initialised;
  }

  async close(): Promise<void> {
    await this.simulation.stop();
    rmSync(this.directory, { recursive: true });
  }
}

function typesOf({ resource = {}, data = {} }: Configuration): string[] {
  return [...Object.keys(resource), ...Object.keys(data).map(type => `data.${type}`)];
}
