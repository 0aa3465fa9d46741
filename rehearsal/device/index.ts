import { serveDevice } from './device-server';
import { generateKeyPair } from './key-pair';
import type { KeyPair } from './key-pair';
import { RehearsedDevice } from './rehearsed-device';
import type { DeviceTroubles, InstalledUnit, RefusedCommand } from './rehearsed-device';

export { generateKeyPair } from './key-pair';
export type { KeyPair } from './key-pair';
export type { ArtifactTrouble, DeviceTroubles, InstalledUnit, RefusedCommand } from './rehearsed-device';

/** What a rehearsed device starts with. */
interface DeviceOptions {
  /** sha256 of what each URL would serve: the weights of a rehearsal are fixtures. */
  readonly fixtures: ReadonlyMap<string, string>;
  /** sha256 of a small uploaded file → sha256 of the weights it stands in for. @default - uploads are what they are */
  readonly standIns?: ReadonlyMap<string, string>;
  /** The key that the device lets in. @default - one of its own */
  readonly key?: KeyPair;
  /** @default - nothing is wrong */
  readonly troubles?: DeviceTroubles | undefined;
}

/** A running stand-in for an edge device. */
export interface Device {
  readonly host: string;
  readonly port: number;
  /** For Terraform's `host_key`. */
  readonly hostKey: string;
  /** What the device lets in, for Terraform's `private_key`. */
  readonly privateKey: string;
  /** The units that are installed. */
  units(): readonly InstalledUnit[];
  /** Commands that were not carried out because the protocol has no such step. */
  refused(): readonly RefusedCommand[];
  stop(): Promise<void>;
}

/**
 * Starts an SSH server on the loopback interface that stands in for an edge device. It takes uploads through SCP,
 * checks hashes and answers the lines of the device protocol; it never executes anything.
 */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const key = options.key ?? generateKeyPair();
  const device = new RehearsedDevice({
    downloads: options.fixtures,
    standIns: options.standIns ?? new Map(),
    troubles: options.troubles,
  });
  const server = await serveDevice(device, key.publicKey);
  if (options.troubles?.isOffline) await server.stop();
  return {
    host: server.host,
    port: server.port,
    hostKey: server.hostKey,
    privateKey: key.privateKey,
    units: () => device.units,
    refused: () => device.refused,
    stop: () => server.stop(),
  };
}
