import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { IModelEndpoint, IPrincipal } from '../model-endpoint';
import type { IPrivateNetwork } from '../network';
import type { ILogWorkspace } from '../observability';
import type { IResourceGroup } from '../resource-group';
import { WorkloadIdentity } from '../security';
import type { IKeyVault } from '../security';
import { requireProps, whenGiven } from '../required-props';
import { integerConstraint, rejectViolations, violation } from '../validation';
import {
  checkSize,
  defaultPort,
  engineShape,
  listedProblems,
  recipeProblems,
  renderCloudInit,
  servedModelShape,
  unitProblems,
} from './engine';
import type { EngineSpec, RecipeSpec, SecretNames, ServedModelSpec } from './engine';
import { HostEndpoint, endpointAddress, listedModelShape } from './host-endpoint';
import type { ListedModel } from './host-endpoint';
import { ubuntuImages } from './host-image';
import type { HostImage } from './host-image';
import { HostMachine } from './host-machine';
import { HostMonitoring } from './host-monitoring';
import { HostName } from './host-name';
import { powerShape, weeklyTimeConstraint } from './host-power';
import type { HostPower } from './host-power';
import { LoadBalancer } from './load-balancer';
import { PowerWorkflow } from './power-workflow';
import { gpuProblemOf, hostLimits } from '../../limits/host';
import { unusableSshPublicKey } from './unusable-ssh-key';

/** A pool of machines that serve small language models. */
export interface ISlmHost extends IConstruct {
  /** Name of the host in the network's private zone. */
  readonly address: string;
  /**
   * A served model. The host has one key: who may call one of its models may call all of them.
   * @throws Error naming the served models when there is none of this name.
   */
  endpoint(model: string): IModelEndpoint;
}

export interface SlmHostProps {
  /** 1–40 lower-case letters, digits and single hyphens; the host's label in the private zone. */
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  readonly network: IPrivateNetwork;
  /** Keeps the key and the certificate that the machines make at boot. Its address must be known at synthesis. */
  readonly keyVault: IKeyVault;
  readonly logWorkspace: ILogWorkspace;
  /** Machine size of the engine's architecture, such as `Standard_D4as_v5`. */
  readonly size: string;
  readonly engine: EngineSpec;
  /** 1 to 16 models; all machines serve all of them, on one port after the other. */
  readonly models: readonly ServedModelSpec[];
  /** Machines, 1 to 20; from 2 they stand behind an internal load balancer. @default 1 */
  readonly count?: number;
  /** TLS port of the first model, 1024 to 55000; the network must let it through. @default 8443 */
  readonly port?: number;
  /** Disk of a machine in GiB, 32 to 4095: the system, the engine and twice the largest weights. @default 64 */
  readonly osDiskGib?: number;
  /** @default - Ubuntu 24.04 LTS of the engine's architecture, at a pinned version */
  readonly image?: HostImage;
  /** @default - always on, and paid on demand */
  readonly power?: HostPower;
  /** Turns the SSH server on, for this key. @default - no SSH; machines are reached with run commands */
  readonly adminSshPublicKey?: string;
}

export interface SlmHostAttributes {
  readonly name: string;
  readonly network: IPrivateNetwork;
  /** The vault in which the host keeps its key. */
  readonly keyVault: IKeyVault;
  /** The served models, in the host's order. */
  readonly models: readonly ListedModel[];
  /** TLS port of the first model. @default 8443 */
  readonly port?: number;
}

const count = integerConstraint(1, hostLimits.machines, ' machines');
/** https://learn.microsoft.com/azure/virtual-machines/disks-types; the image itself needs 30 GiB. */
const osDiskGib = integerConstraint(32, 4095, ' GiB');
/** PSRule Azure.VM.BasicSku and Azure.VM.PromoSku. */
const size = {
  allowed: 'a size such as Standard_D4as_v5, neither Basic_* nor *_Promo',
  advice: 'choose a current size',
  holds: (value: string) => /^Standard_\w+$/.test(value) && !value.endsWith('_Promo'),
};
const imageVersion = {
  allowed: 'a version',
  advice: 'name one, because latest replaces the machines whenever an image comes out',
  holds: (value: string) => value !== 'latest',
};
const sshPublicKey = {
  allowed: 'one line of ssh-ed25519 or ssh-rsa',
  advice: 'paste the public half of a key pair',
  holds: (value: string) => /^ssh-(ed25519|rsa) [A-Za-z0-9+/]+={0,2}( [^\r\n]*)?$/.test(value),
};
const vaultUri = {
  allowed: 'known at synthesis',
  advice: 'give the vault a name that is no token',
  holds: (value: string) => !Token.isUnresolved(value),
};

const secretNames = (name: string): SecretNames => ({
  apiKey: `${name}-api-key`,
  tls: `${name}-tls`,
  certificate: `${name}-certificate`,
});

/** Without a GPU the driver does not matter. */
function gpuProblems({ size: given, engine }: SlmHostProps): string[] {
  const problem = engine.accelerator === 'cuda' ? gpuProblemOf(given) : undefined;
  return problem === undefined ? [] : [`size must not be ${given}, which ${problem}: choose another size`];
}

function powerViolations(power: HostPower | undefined): string[] {
  if (power?.kind !== 'scheduled') return [];
  return [
    ...violation('power.start', power.start, weeklyTimeConstraint),
    ...violation('power.stop', power.stop, weeklyTimeConstraint),
  ];
}

abstract class HostBase extends Construct implements ISlmHost {
  abstract readonly address: string;
  protected abstract readonly listed: SlmHostAttributes;
  private readonly callers = new Set<string>();

  endpoint(model: string): IModelEndpoint {
    const id = `Endpoint-${model}`;
    const known = this.node.tryFindChild(id);
    if (known instanceof HostEndpoint) return known;
    const { name, keyVault, models, port } = this.listed;
    const keySource = `${keyVault.vaultUri}secrets/${secretNames(name).apiKey}`;
    const machine = { unit: name, address: this.address, port, models, keySource };
    return new HostEndpoint(this, id, endpointAddress(machine, model), (grant, principal) =>
      this.grantKey(`${model}-${grant}`, principal),
    );
  }

  /** Role `Key Vault Secrets User` on the host's key and on its certificate, once a principal. */
  private grantKey(id: string, principal: IPrincipal): void {
    if (this.callers.has(principal.principalId)) return;
    this.callers.add(principal.principalId);
    const { name, keyVault } = this.listed;
    const { apiKey, certificate } = secretNames(name);
    keyVault.grantSecretsUser(`${name}-${id}-key`, principal, apiKey);
    keyVault.grantSecretsUser(`${name}-${id}-certificate`, principal, certificate);
  }
}

/**
 * Machines in the network's host subnet that serve small language models over TLS: no public address, no password, no
 * SSH unless asked for, secrets made at boot and kept in the key vault. A deploy ends when every model answers.
 */
export class SlmHost extends HostBase {
  /** An existing host. */
  static fromAttributes(scope: Construct, id: string, attributes: SlmHostAttributes): ISlmHost {
    return new ImportedSlmHost(scope, id, attributes);
  }

  readonly address: string;
  protected readonly listed: SlmHostAttributes;

  /** @throws Error listing the props that Azure or the recipe would refuse. */
  constructor(scope: Construct, id: string, props: SlmHostProps) {
    super(scope, id);
    requireProps<SlmHostProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      network: 'object',
      keyVault: 'object',
      logWorkspace: 'object',
      size: 'string',
      engine: engineShape,
      models: [servedModelShape],
      image: whenGiven({ publisher: 'string', offer: 'string', sku: 'string', version: 'string' }),
      power: powerShape(props),
    });
    this.address = `${props.name}.${props.network.hostsZoneName}`;
    this.listed = props;
    rejectViolations(this, [
      ...recipeProblems(this.recipe(props)),
      ...violation('count', props.count, count),
      ...violation('osDiskGib', props.osDiskGib, osDiskGib),
      ...violation('size', props.size, size),
      ...gpuProblems(props),
      ...violation('image.version', props.image?.version, imageVersion),
      ...powerViolations(props.power),
      ...violation('adminSshPublicKey', props.adminSshPublicKey, sshPublicKey),
      ...(vaultUri.holds(props.keyVault.vaultUri)
        ? []
        : [`keyVault.vaultUri must be ${vaultUri.allowed}: ${vaultUri.advice}`]),
    ]);
    const identity = this.addIdentity(props);
    const machines = this.addMachines(props, identity);
    this.addName(props, machines);
    new HostMonitoring(this, 'Monitoring', { ...props, identityId: identity.id, machines });
    const { power, network } = props;
    if (power) new PowerWorkflow(this, 'Power', { ...props, power, location: network.location, machines });
  }

  private recipe({ name, port, engine, models }: SlmHostProps): RecipeSpec {
    return { unit: name, address: this.address, port, engine, models };
  }

  private addIdentity(props: SlmHostProps): WorkloadIdentity {
    const { name, resourceGroup, network, keyVault } = props;
    const identity = new WorkloadIdentity(this, 'Identity', {
      name: `id-${name}`,
      resourceGroup,
      location: network.location,
    });
    for (const [kind, secret] of Object.entries(secretNames(name))) {
      keyVault.grantSecretsOfficer(`${name}-host-${kind}`, identity, secret);
    }
    return identity;
  }

  private addMachines(props: SlmHostProps, identity: WorkloadIdentity): HostMachine[] {
    const total = props.count ?? 1;
    return Array.from({ length: total }, (_, index) => {
      const name = total === 1 ? props.name : `${props.name}-${index + 1}`;
      return new HostMachine(this, `Machine${index + 1}`, {
        name,
        resourceGroupName: props.resourceGroup.name,
        location: props.network.location,
        subnetId: props.network.hostSubnetId,
        size: props.size,
        image: props.image ?? ubuntuImages[props.engine.arch],
        osDiskGib: props.osDiskGib ?? 64,
        identityId: identity.id,
        sshPublicKey: props.adminSshPublicKey ?? unusableSshPublicKey(),
        customData: this.customData(props, index === 0),
        unit: props.name,
        spot: props.power?.kind === 'spot',
      });
    });
  }

  private customData(props: SlmHostProps, first: boolean): string {
    const text = renderCloudInit({
      recipe: this.recipe(props),
      secrets: secretNames(props.name),
      store: { kind: 'azure', vaultUri: props.keyVault.vaultUri },
      first,
      ssh: props.adminSshPublicKey !== undefined,
    });
    checkSize(this.node.path, 'azure', text);
    return text;
  }

  private addName(props: SlmHostProps, machines: readonly HostMachine[]): void {
    const { name, network, resourceGroup, models, port = defaultPort } = props;
    const [only] = machines;
    const privateIpAddress =
      only && machines.length === 1
        ? only.privateIpAddress
        : new LoadBalancer(this, 'LoadBalancer', {
            name: `lbi-${name}`,
            resourceGroupName: resourceGroup.name,
            location: network.location,
            subnetId: network.hostSubnetId,
            ports: models.map((_, index) => port + index),
            machines,
          }).privateIpAddress;
    new HostName(this, 'Name', { label: name, network, privateIpAddress });
  }
}

class ImportedSlmHost extends HostBase {
  readonly address: string;
  protected readonly listed: SlmHostAttributes;

  constructor(scope: Construct, id: string, attributes: SlmHostAttributes) {
    super(scope, id);
    requireProps<SlmHostAttributes>(this, attributes, {
      name: 'string',
      network: 'object',
      keyVault: 'object',
      models: [listedModelShape],
    });
    rejectViolations(this, [...unitProblems(attributes.name), ...listedProblems(attributes.models)]);
    this.address = `${attributes.name}.${attributes.network.hostsZoneName}`;
    this.listed = attributes;
  }
}
