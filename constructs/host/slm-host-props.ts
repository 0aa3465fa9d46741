import type { IConstruct } from 'constructs';
import { gpuProblemOf, hostLimits } from '../../limits/host';
import { integerConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import type { IPrivateNetwork } from '../network';
import type { ILogWorkspace } from '../observability';
import { requireProps, whenGiven } from '../required-props';
import type { IResourceGroup } from '../resource-group';
import type { IKeyVault } from '../security';
import { knownAtSynthesis, violation } from '../validation';
import { engineShape, recipeProblems, servedModelShape, unitProblems } from './engine';
import type { RecipeSpec } from './engine';
import type { HostImage } from './host-image';
import { powerShape, weeklyTimeConstraint } from './host-power';
import type { HostPower } from './host-power';
import type { PoolProps, ServingAttributes, ServingProps } from './host-props';

/** Where a host on Azure stands, and what it uses there. */
export interface SlmHostPlatformProps {
  /** Group that gets the host's resources. */
  readonly resourceGroup: IResourceGroup;
  /** Network whose host subnet and private zone the host is in. */
  readonly network: IPrivateNetwork;
  /** Keeps the key and the certificate that the machines make at boot. Its address must be known at synthesis. */
  readonly keyVault: IKeyVault;
  /** Where the machines' logs and figures go. */
  readonly logWorkspace: ILogWorkspace;
}

/** What each of a host's machines is on Azure. */
export interface SlmHostMachineProps {
  /** Machine size of the engine's architecture, such as `Standard_D4as_v5`. */
  readonly size: string;
  /** Disk of a machine in GiB, 32 to 4095: the system, the engine and twice the largest weights. @default 64 */
  readonly osDiskGib?: number;
  /** Image of the machines. @default - Ubuntu 24.04 LTS of the engine's architecture, at a pinned version */
  readonly image?: HostImage;
  /** Turns the SSH server on, for this key. @default - no SSH; machines are reached with run commands */
  readonly adminSshPublicKey?: string;
}

/** The address of a host that takes the place of another, or whose place another takes. */
export interface SlmHostAddressProps {
  /**
   * Name of the host whose address, key and certificate it has: that of which it takes the place. Both serve under it; callers
   * notice nothing when its record changes. @default - its own name
   */
  readonly addressOf?: string;
  /**
   * Where the record of the address is made, for one that stays when the host before is gone: once the machines are healthy, it
   * leads to them. `none` where the record is another host's already. @default - in the host
   */
  readonly record?: IConstruct | 'none';
}

/** A host on Azure: what it serves, where it stands, its address, its machines, and how many of them run when. */
export interface SlmHostProps
  extends ServingProps, SlmHostPlatformProps, SlmHostAddressProps, SlmHostMachineProps, PoolProps {}

/** A host on Azure that is made elsewhere. */
export interface SlmHostAttributes extends ServingAttributes {
  /** Network in whose private zone the host has its name. */
  readonly network: IPrivateNetwork;
  /** The vault in which the host keeps its key. */
  readonly keyVault: IKeyVault;
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

/** @throws InvalidProps naming each prop that is missing or of another kind */
export function requireSlmHostProps(scope: IConstruct, props: SlmHostProps): void {
  requireProps<SlmHostProps>(scope, props, {
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
}

/** @throws InvalidProps listing the props that Azure or the recipe would refuse */
export function checkSlmHost(scope: IConstruct, props: SlmHostProps, recipe: RecipeSpec): void {
  rejectViolations(scope, [
    ...recipeProblems(recipe),
    ...(props.addressOf === undefined ? [] : unitProblems(props.addressOf, 'addressOf')),
    ...violation('count', props.count, count),
    ...violation('osDiskGib', props.osDiskGib, osDiskGib),
    ...violation('size', props.size, size),
    ...gpuProblems(props),
    ...violation('image.version', props.image?.version, imageVersion),
    ...powerViolations(props.power),
    ...violation('adminSshPublicKey', props.adminSshPublicKey, sshPublicKey),
    ...knownAtSynthesis(
      'keyVault.vaultUri',
      props.keyVault.vaultUri,
      'give the vault a name that is no token',
    ),
  ]);
}

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
