import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair, startDevice } from '../device';
import type { Device, DeviceTroubles, KeyPair } from '../device';
import type { PlanJson } from '../terraform/plan-json';
import { asWritten } from './as-written';
import type { RehearsalOptions } from './rehearsal-options';
import type { Stack } from './stack';
import type { Workspace } from './workspace';

/** Names of the devices that stacks reach through `<device>_host`, `<device>_port` and `<device>_host_key`. */
function deviceNames(stacks: readonly Stack[]): string[] {
  const names = stacks.flatMap(({ json: { variable = {} } }) =>
    Object.keys(variable).flatMap(name => {
      const device = /^(.+)_host_key$/.exec(name)?.[1];
      return device && `${device}_host` in variable && `${device}_port` in variable ? [device] : [];
    }),
  );
  return [...new Set(names)].sort();
}

/** Names of the files that stacks upload from the operator's directory of weights. */
function weightFiles(stacks: readonly Stack[]): string[] {
  const texts = stacks.map(({ json }) => JSON.stringify(json));
  const names = texts.flatMap(text =>
    [...text.matchAll(/\$\{var\.weights_dir\}\/([0-9a-f]{64}\.(?:gguf|tar\.gz))/g)].map(
      match => match[1] as string,
    ),
  );
  return [...new Set(names)].sort();
}

/** The loopback devices of a rehearsal and the weights they are given. */
export class Devices {
  private readonly devices = new Map<string, Device>();
  private readonly standIns = new Map<string, string>();
  private readonly uploads = new Set<string>();
  private key: KeyPair | undefined;

  private readonly fixtures: ReadonlyMap<string, string>;
  private readonly troubles: Readonly<Record<string, DeviceTroubles>>;

  constructor(
    private readonly workspace: Workspace,
    { fixtures = {}, deviceTroubles = {} }: Pick<RehearsalOptions, 'fixtures' | 'deviceTroubles'>,
  ) {
    this.fixtures = fixtures instanceof Map ? fixtures : new Map(Object.entries(fixtures));
    this.troubles = deviceTroubles;
  }

  /** Makes everything that the stacks' variables ask for. */
  async prepare(stacks: readonly Stack[]): Promise<void> {
    for (const name of weightFiles(stacks)) if (!this.uploads.has(name)) this.standInFor(name);
    for (const name of deviceNames(stacks)) {
      if (this.devices.has(name)) continue;
      this.key ??= this.makeKey();
      const { fixtures, standIns, key } = this;
      const options = { fixtures, standIns, key, troubles: this.troubles[name.replaceAll('_', '-')] };
      this.devices.set(name, this.workspace.add(await startDevice(options)));
    }
  }

  /** A plan as it would be for the devices that the code names. */
  readonly asWritten = (plan: PlanJson): PlanJson => asWritten(plan, this.devices);

  /** Environment variables for Terraform. */
  get environment(): Record<string, string> {
    const variables: Record<string, string> = { TF_VAR_weights_dir: this.workspace.path('weights') };
    for (const [name, { host, port, hostKey }] of this.devices) {
      variables[`TF_VAR_${name}_host`] = host;
      variables[`TF_VAR_${name}_port`] = String(port);
      variables[`TF_VAR_${name}_host_key`] = hostKey;
    }
    return variables;
  }

  /** What of the weights is a fixture: URLs, and names of uploaded files. */
  get fixtureNames(): string[] {
    return [...(this.devices.size > 0 ? this.fixtures.keys() : []), ...this.uploads];
  }

  get all(): ReadonlyMap<string, Device> {
    return this.devices;
  }

  /** Where a device is connected to with a file, it is this one unless somebody says another; the home is the rehearsal's own. */
  private makeKey(): KeyPair {
    const key = generateKeyPair();
    mkdirSync(this.workspace.path('home', '.ssh'), { mode: 0o700, recursive: true });
    writeFileSync(this.workspace.path('home', '.ssh', 'berth'), key.privateKey, { mode: 0o600 });
    return key;
  }

  /** A small file whose content cannot have the hash that its name says: the device knows what it stands for. */
  private standInFor(name: string): void {
    const content = `A fixture of a rehearsal, in place of ${name}.\n`;
    this.uploads.add(name);
    this.standIns.set(createHash('sha256').update(content).digest('hex'), name.slice(0, 64));
    writeFileSync(join(this.workspace.path('weights'), name), content);
  }
}
