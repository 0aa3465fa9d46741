import type { EngineSpec, RecipeSpec, ServedModelSpec } from './engine';
import type { ListedModel } from './host-endpoint';
import type { HostPower } from './host-power';

/** What machines of ours serve, and with what: of hosts on Azure and AWS and of devices alike. */
export interface ServingProps {
  /** 1–40 lower-case letters, digits and single hyphens; a host's label in its private zone. */
  readonly name: string;
  /** Build of llama.cpp for the machines' architecture and accelerator. */
  readonly engine: EngineSpec;
  /** 1 to 16 models; each machine serves all of them, on one port after the other. */
  readonly models: readonly ServedModelSpec[];
  /** TLS port of the first model, 1024 to 55000; the network must let it through. @default 8443 */
  readonly port?: number;
  /**
   * Host memory that an engine may take at most, MiB, 64 to 16,777,216: one that takes more is ended and started again, instead of the
   * system around it. What sizing leaves to models is a good value. The script of EC2 instances does not heed it. @default - no limit
   */
  readonly memoryMib?: number;
}

/** How many machines a host has, and when they run. */
export interface PoolProps {
  /** Machines, 1 to 20; from 2 they stand behind an internal load balancer. @default 1 */
  readonly count?: number;
  /** On EC2, spot instances always stand behind a load balancer. @default - always on, and paid on demand */
  readonly power?: HostPower;
}

/** What addresses of models need to know of machines that are made elsewhere. */
export interface ServingAttributes {
  /** Name of the host or device. */
  readonly name: string;
  /** The served models, in the order of the host or device. */
  readonly models: readonly ListedModel[];
  /** TLS port of the first model. @default 8443 */
  readonly port?: number;
}

/** What each machine is told. @param address host name or IPv4 address that callers use */
export function recipeOf(
  { name, port, memoryMib, engine, models }: ServingProps,
  address: string,
): RecipeSpec {
  return { unit: name, address, port, memoryMib, engine, models };
}
