import type { DeviceTroubles } from '../device';
import type { ProgressListener } from './progress';
import type { OutsideOptions } from './outside';
import type { SimulationHostOptions } from './simulation-host';

/** How to rehearse. */
export interface RehearsalOptions extends SimulationHostOptions, OutsideOptions {
  /** Names of stacks, or patterns with `*`. @default - all */
  readonly stacks?: string | readonly string[];
  /** sha256 of what each URL would serve to a device. @default - none */
  readonly fixtures?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /** What is wrong with devices, by the names of their constructs. @default - nothing */
  readonly deviceTroubles?: Readonly<Record<string, DeviceTroubles>>;
  /**
   * What is deployed already: a directory with a state `<stack>.tfstate` or `terraform.<stack>.tfstate` of each stack. The
   * states are copied, and what they hold is there in the simulated Azure; plans and deploys go on from them. Devices
   * begin empty. @default - nothing is deployed
   */
  readonly states?: string;
  /**
   * Values of Terraform variables, which win over the `tfvars` files of a directory, as with `-var`. A directory also gets the
   * caller's `TF_VAR_…`. @default - only those of devices
   */
  readonly variables?: Readonly<Record<string, unknown>>;
  /**
   * What runs Terraform: the cdktf or cdktn CLI, as in a real deploy, or the rehearsal itself, which is faster and knows each
   * plan. A directory of Terraform files has only the latter.
   * @default 'terraform'
   */
  readonly deployWith?: 'cdktf' | 'terraform';
  /** Told of each step. @default - none */
  readonly onProgress?: ProgressListener;
}
