import { DataResource, TerraformStack, TerraformVariable } from 'cdktf';
import type { TerraformVariableConfig } from 'cdktf';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { createHash } from 'node:crypto';
import { Claims } from '../claims';
import type { IModelAddress } from '../model-endpoint';
import { requireProps } from '../required-props';
import type { Shape } from '../required-props';
import { formConstraint, integerConstraint, violationOf } from '../constraint';
import { rejectViolations } from '../errors';
import { deviceConnection, rememberedConnection } from './device-connection';
import type { Remembered } from './device-connection';
import { defaultPrivateKeyFile, privateKeyVariable } from './device-parts';
import type { devicePartIds } from './device-parts';
import { artifactSteps, artifactsOf, recipeSteps, removal } from './device-provisioners';
import {
  addressProblems,
  defaultPort,
  engineShape,
  listedProblems,
  recipeProblems,
  recipeScript,
  recipeScriptVersion,
  renderManifest,
  servedModelShape,
  unitProblems,
} from './engine';
import type { RecipeSpec } from './engine';
import { HostAddress, endpointAddress, listedModelShape } from './host-endpoint';
import { recipeOf } from './host-props';
import type { ServingAttributes, ServingProps } from './host-props';
import { hostKeyPattern } from '../../limits/file';
import { userForm } from '../../limits/form';
import { shown } from '../../text/shown';
import { expression, literals } from '../literals';

/** An owned device that serves small language models. */
export interface IEdgeDevice extends IConstruct {
  /** Host name or IP address of the device. */
  readonly address: string;
  /**
   * A served model. Nobody is granted it, because a device knows no Entra ID: callers get its key from the file that `keySource` names.
   * @throws Error naming the served models when there is none of this name.
   */
  endpoint(model: string): IModelAddress;
}

/**
 * How Terraform reaches a device: with the private key in the file that the variable `device_key` names. No SSH agent is asked, because
 * Terraform would forward it to the device.
 */
export interface DeviceConnection {
  /** Host name or IPv4 address; callers reach the models there too. */
  readonly host: string;
  /** SSH port, 1 to 65535. @default 22 */
  readonly port?: number;
  /** Account that may run `sudo` without a password. @default 'berth' */
  readonly user?: string;
  /**
   * Public host key, one line such as `ecdsa-sha2-nistp256 AAAA…`, with or without a comment; the connection is refused when the device
   * shows another. Terraform asks for the kinds ECDSA, RSA, Ed25519 in this order and is shown one key: pin the first kind
   * that the device has.
   */
  readonly hostKey: string;
}

/** A device, what it serves, and how Terraform reaches it. */
export interface EdgeDeviceProps extends ServingProps {
  /** How Terraform reaches the device, and where callers do. */
  readonly connection: DeviceConnection;
  /**
   * Whether the device downloads engine and weights itself. One that cannot gets them over SSH from the operator's
   * folder `weights_dir`, as `<sha256>.gguf` and `<sha256>.tar.gz`. @default true
   */
  readonly connected?: boolean;
}

/** A device that is set up elsewhere. */
export interface EdgeDeviceAttributes extends ServingAttributes {
  /** How its callers reach it; `user` and `port` say where they read the key. */
  readonly connection: DeviceConnection;
}

const connectionShape: Shape<DeviceConnection> = { host: 'string', hostKey: 'string' };
const defaultUser = 'berth';
const defaultSshPort = 22;

abstract class DeviceBase extends Construct implements IEdgeDevice {
  abstract readonly address: string;
  protected abstract readonly listed: EdgeDeviceAttributes;

  endpoint(model: string): IModelAddress {
    const id = `Endpoint-${model}`;
    const known = this.node.tryFindChild(id);
    if (known instanceof HostAddress) return known;
    const { name, connection, models, port } = this.listed;
    const { host, user = defaultUser, port: sshPort = defaultSshPort } = connection;
    const keySource = `ssh://${user}@${host}:${sshPort}/etc/berth/${name}/api-key`;
    const machine = { unit: name, address: this.address, port, models, keySource };
    return new HostAddress(this, id, endpointAddress(machine, model));
  }
}

/**
 * An owned device, set up over SSH with Terraform's own `terraform_data`; docs/decisions/0002-device-protocol.md has
 * every step. Variables `<name>_host`, `<name>_port` and `<name>_host_key` (hyphens become underscores) move the
 * connection elsewhere without touching the code.
 *
 * @example
 * const till = new EdgeDevice(this, 'Till', {
 *   name: 'till',
 *   connection: { host: 'till.shop.internal', hostKey: 'ecdsa-sha2-nistp256 AAAAE2VjZHNh' },
 *   engine,
 *   models,
 * });
 * const { baseUrl } = till.endpoint('phi-4-mini').address;
 */
export class EdgeDevice extends DeviceBase {
  /** A device that is set up elsewhere. */
  static fromAttributes(scope: Construct, id: string, attributes: EdgeDeviceAttributes): IEdgeDevice {
    return new ImportedEdgeDevice(scope, id, attributes);
  }

  readonly address: string;
  protected readonly listed: EdgeDeviceAttributes;

  /** @throws Error listing the props that the protocol or the recipe would refuse. */
  constructor(scope: Construct, id: string, props: EdgeDeviceProps) {
    super(scope, id);
    requireProps<EdgeDeviceProps>(this, props, {
      name: 'string',
      connection: connectionShape,
      engine: engineShape,
      models: [servedModelShape],
    });
    const { connection, connected = true } = props;
    this.address = connection.host;
    this.listed = props;
    const recipe = { ...recipeOf(props, connection.host), uploaded: !connected };
    rejectViolations(this, [...recipeProblems(recipe), ...connectionProblems(connection)]);
    rejectViolations(this, takenPorts(this, recipe));
    this.addResource(recipe, connection);
  }

  /**
   * What is remembered of a device stays, whatever it serves: removing it from the device is the end of this resource alone. What it serves is
   * a resource of its own, whose change sets the device up anew, in place.
   */
  private addResource(
    recipe: RecipeSpec,
    { user = defaultUser, port, host, hostKey }: DeviceConnection,
  ): void {
    const remembered = {
      unit: recipe.unit,
      user,
      host: this.variable('host', 'string', host),
      port: this.variable('port', 'number', port ?? defaultSshPort),
      host_key: this.variable('host_key', 'string', hostKeyOf(hostKey)),
      key_file: privateKeyFile(this),
    };
    // Destroy-time provisioners see nothing but the resource itself, so the whole connection is kept in it.
    const device = new DataResource(
      this,
      'Resource',
      literals({ input: remembered, lifecycle: { ignoreChanges: ['triggers_replace'] } }),
    );
    device.addOverride('connection', rememberedConnection(recipe.unit));
    device.addOverride('provisioner', [removal(recipe.unit)]);
    const before = recipe.uploaded ? [this.addFiles(recipe, device, remembered)] : [device];
    const manifest = renderManifest(recipe);
    const content = createHash('sha256').update(`${recipeScriptVersion}\n${manifest}`).digest('hex');
    const steps = recipeSteps({ unit: recipe.unit, manifest, script: recipeScript() });
    this.addStep('Recipe', { recipe: content, device: device.id }, before, remembered, steps);
  }

  /** Engine and weights that an operator brings along are sent when they are others, not with each change. */
  private addFiles(recipe: RecipeSpec, device: DataResource, remembered: Remembered): DataResource {
    const steps = artifactSteps(recipe, weightsDirectory(this));
    const content = createHash('sha256').update(artifactsOf(recipe).join('\n')).digest('hex');
    return this.addStep('Files', { files: content, device: device.id }, [device], remembered, steps);
  }

  private addStep(
    id: (typeof devicePartIds)[number],
    triggersReplace: Readonly<Record<string, string>>,
    dependsOn: DataResource[],
    remembered: Remembered,
    steps: ReturnType<typeof recipeSteps>,
  ): DataResource {
    const step = new DataResource(this, id, literals({ triggersReplace, dependsOn }));
    step.addOverride('connection', deviceConnection(remembered));
    step.addOverride('provisioner', steps);
    return step;
  }

  private variable(what: string, type: string, value: string | number): string {
    const name = `${this.listed.name.replaceAll('-', '_')}_${what}`;
    return variable(this, name, {
      type,
      // A default is no template: Terraform takes it as it stands.
      default: value,
      description: `SSH ${what} of device ${this.listed.name}`,
    });
  }
}

/** A variable of the stack with a name that people use, as a reference. */
function variable(scope: Construct, name: string, config: TerraformVariableConfig): string {
  const stack = TerraformStack.of(scope);
  if (stack.node.tryFindChild(name) === undefined) {
    new TerraformVariable(stack, name, { ...config, nullable: false }).overrideLogicalId(name);
  }
  return expression(`var.${name}`);
}

/** What Terraform connects with, for all devices of a stack. */
const privateKeyFile = (scope: Construct): string =>
  variable(scope, privateKeyVariable, {
    type: 'string',
    default: defaultPrivateKeyFile,
    description:
      'File with the private SSH key, without a passphrase, that the accounts of the devices let in',
  });

/** One folder for all devices of a stack. */
const weightsDirectory = (scope: Construct): string =>
  variable(scope, 'weights_dir', {
    type: 'string',
    default: './weights',
    description:
      'Folder with <sha256>.gguf and <sha256>.tar.gz for devices without a connection, from where Terraform runs',
  });

const portsOfHosts = new Claims();

/** Takes the ports of a device, unless another of the stack has one of them on the same host. */
function takenPorts(device: EdgeDevice, { address, port = defaultPort, models }: RecipeSpec): string[] {
  const ports = models.map((_, at) => port + at);
  const placeOf = (wanted: number): string => `${address}:${wanted}`;
  const held = portsOfHosts.take(device, ports.map(placeOf));
  return ports.flatMap(wanted => {
    const other = held.get(placeOf(wanted));
    return other === undefined
      ? []
      : [`port ${wanted} of ${address} is taken by ${other}: give one of them another port`];
  });
}

/** Type and key: Terraform takes no comment. */
const hostKeyOf = (line: string): string => line.trim().split(/\s+/).slice(0, 2).join(' ');

const sshPortConstraint = { ...integerConstraint(1, 65_535), advice: 'choose the SSH port' };
const userConstraint = formConstraint(userForm, 'name an account of the device');

function connectionProblems(connection: DeviceConnection): string[] {
  const { port = defaultSshPort, user = defaultUser, hostKey } = connection;
  const problems = [
    ...violationOf('connection.port', port, sshPortConstraint),
    ...violationOf('connection.user', user, userConstraint),
  ];
  if (!hostKeyPattern.test(hostKey)) {
    problems.push(
      `connection.hostKey must be one line of ssh-ed25519, ssh-rsa or ecdsa-sha2-nistp*, not "${shown(hostKey)}": take it from /etc/ssh/ssh_host_ecdsa_key.pub of the device`,
    );
  }
  return problems;
}

class ImportedEdgeDevice extends DeviceBase {
  readonly address: string;
  protected readonly listed: EdgeDeviceAttributes;

  constructor(scope: Construct, id: string, attributes: EdgeDeviceAttributes) {
    super(scope, id);
    requireProps<EdgeDeviceAttributes>(this, attributes, {
      name: 'string',
      connection: connectionShape,
      models: [listedModelShape],
    });
    rejectViolations(this, [
      ...unitProblems(attributes.name),
      ...listedProblems(attributes.models),
      ...addressProblems(attributes.connection.host),
      ...connectionProblems(attributes.connection),
    ]);
    this.address = attributes.connection.host;
    this.listed = attributes;
  }
}
