import { join } from 'node:path';
import { PrivateDirectories } from '../process/private-directories';
import { startAgent } from './agent';
import type { SshAgent } from './agent';
import { serveDevice } from './device-server';
import { RehearsedDevice } from './rehearsed-device';
import type { InstalledUnit, RefusedCommand } from './rehearsed-device';

export { startAgent } from './agent';
export type { SshAgent } from './agent';
export type { InstalledUnit, RefusedCommand } from './rehearsed-device';

/** What a rehearsed device starts with. */
interface DeviceOptions {
  /** sha256 of what each URL would serve: the weights of a rehearsal are fixtures. */
  readonly fixtures: ReadonlyMap<string, string>;
  /** sha256 of a small uploaded file → sha256 of the weights it stands in for. @default - uploads are what they are */
  readonly standIns?: ReadonlyMap<string, string>;
  /** The agent whose key the device lets in. @default - one of its own */
  readonly agent?: SshAgent;
}

/** A running stand-in for an edge device. */
export interface Device {
  readonly host: string;
  readonly port: number;
  /** For Terraform's `host_key`. */
  readonly hostKey: string;
  /** For `SSH_AUTH_SOCK`: Terraform's connection says `agent = true`. */
  readonly agentSocket: string;
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
  const own = options.agent ? undefined : await startOwnAgent();
  const agent = options.agent ?? (own as SshAgent);
  const device = new RehearsedDevice({
    downloads: options.fixtures,
    standIns: options.standIns ?? new Map(),
  });
  const server = await serveDevice(device, agent.publicKey).catch(async (error: unknown) => {
    await own?.stop();
    throw error;
  });
  return {
    host: server.host,
    port: server.port,
    hostKey: server.hostKey,
    agentSocket: agent.socket,
    units: () => device.units,
    refused: () => device.refused,
    stop: async () => {
      await Promise.all([server.stop(), own?.stop()]);
    },
  };
}

async function startOwnAgent(): Promise<SshAgent> {
  const directories = new PrivateDirectories();
  const agent = await startAgent(join(directories.sockets, 'agent')).catch(async (error: unknown) => {
    await directories.close();
    throw error;
  });
  return {
    ...agent,
    stop: async () => {
      await agent.stop();
      await directories.close();
    },
  };
}
