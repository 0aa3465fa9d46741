import { acceleratorClassOf, findAccelerator } from '../catalog';
import type { AcceleratorClass, Catalog, DeviceHardware, Machine } from '../catalog';

/** Hardware groups that speed is predicted for; `unknown` has no data at all. */
export type HardwareClass = AcceleratorClass | 'cpu' | 'unknown';

/** What memory and speed depend on. Made by `hardwareOfMachine`, `hardwareOfDevice` or `hardwareOfMeasures`. */
export interface Hardware {
  readonly name: string;
  readonly kind: 'cpu' | 'gpu';
  readonly class: HardwareClass;
  readonly arch: 'amd64' | 'arm64';
  /** Memory that weights and caches live in: of all GPUs together, or the RAM. */
  readonly memoryGib: number;
  /** Part of it that a model may use, after the operating system or the driver took theirs. */
  readonly usableMemoryGib: number;
  /** Of one GPU, or of the CPU's share of its socket, in 1e9 bytes a second; null is unknown. */
  readonly memoryBandwidthGbs: number | null;
  /** A fraction where the machine holds a slice; 0 for a CPU. */
  readonly gpuCount: number;
  /** Of one GPU; null is unknown. */
  readonly vectorTflops: number | null;
  /** Of one GPU, dense FP16; null is unknown. */
  readonly matrixTflops: number | null;
  /** Whether the accelerator is in the table; a CPU, whether its bandwidth is its own and not a share of a socket's. */
  readonly known: boolean;
}

/** Share of a discrete GPU's memory that an engine may take: kaito-project/kaito nodesestimator, 2026-08 (Apache-2.0). */
export const usableShareOfGpuMemory = 0.84;
/** Share of unified memory beside a desktop or a service; Apple allows its GPU 70 to 78 %. */
export const usableShareOfUnifiedMemory = 0.75;
/** Share of a server's RAM; the rest holds the page cache and the agents. */
export const usableShareOfServerMemory = 0.85;
/** What a small operating system keeps for itself on a device or a machine. */
const operatingSystemGib = 0.5;

/** Hardware of a virtual machine. A CPU machine gets its share of the socket's bandwidth, at least one memory channel. */
export function hardwareOfMachine(catalog: Catalog, machine: Machine): Hardware {
  const { gpu } = machine;
  if (!gpu) {
    return {
      name: machine.sku,
      kind: 'cpu',
      class: 'cpu',
      arch: machine.arch,
      memoryGib: machine.memoryGib,
      usableMemoryGib: machine.memoryGib * usableShareOfServerMemory - operatingSystemGib,
      memoryBandwidthGbs: machine.burstable ? null : cpuBandwidthGbs(catalog, machine),
      gpuCount: 0,
      vectorTflops: null,
      matrixTflops: null,
      known: false,
    };
  }
  const accelerator = findAccelerator(catalog, gpu.name);
  const slice = Math.min(1, gpu.count);
  return {
    name: `${machine.sku} (${gpu.count === 1 ? '' : `${gpu.count} × `}${gpu.name})`,
    kind: 'gpu',
    class: gpu.runtime === 'neuron' ? 'unknown' : (acceleratorClassOf(catalog, gpu.name) ?? 'unknown'),
    arch: machine.arch,
    memoryGib: gpu.totalMemoryGib,
    usableMemoryGib: gpu.totalMemoryGib * usableShareOfGpuMemory,
    memoryBandwidthGbs: gpu.bandwidthGbs,
    gpuCount: gpu.count,
    vectorTflops: accelerator ? accelerator.vectorTflops * slice : null,
    matrixTflops: accelerator ? accelerator.matrixTflops * slice : null,
    known: accelerator !== undefined,
  };
}

/** Hardware of an owned device of the device table. */
export function hardwareOfDevice(catalog: Catalog, device: DeviceHardware): Hardware {
  const accelerator = device.runsOn === 'gpu' ? findAccelerator(catalog, device.name) : undefined;
  return {
    name: device.name,
    kind: device.runsOn,
    class: device.runsOn === 'cpu' ? 'cpu' : (acceleratorClassOf(catalog, device.name) ?? 'unknown'),
    arch: device.arch,
    memoryGib: device.memoryGib,
    usableMemoryGib: device.unifiedMemory
      ? usableUnifiedGib(device.memoryGib)
      : device.memoryGib * usableShareOfGpuMemory,
    memoryBandwidthGbs: device.bandwidthGbs,
    gpuCount: device.runsOn === 'gpu' ? 1 : 0,
    vectorTflops: accelerator?.vectorTflops ?? null,
    matrixTflops: accelerator?.matrixTflops ?? null,
    known: device.runsOn === 'cpu' || accelerator !== undefined,
  };
}

/** A device's own measures, as an environment states them. */
export interface HardwareMeasures {
  readonly memoryGib: number;
  readonly memoryBandwidthGbs: number;
  readonly runsOn: 'cpu' | 'gpu';
  readonly arch: 'amd64' | 'arm64';
}

/** Hardware that no table knows. Its GPU is taken for one of the slowest group, and its memory for shared. */
export function hardwareOfMeasures(name: string, measures: HardwareMeasures): Hardware {
  return {
    name,
    kind: measures.runsOn,
    class: measures.runsOn === 'cpu' ? 'cpu' : measures.arch === 'arm64' ? 'embedded' : 'other-gpu',
    arch: measures.arch,
    memoryGib: measures.memoryGib,
    usableMemoryGib: usableUnifiedGib(measures.memoryGib),
    memoryBandwidthGbs: measures.memoryBandwidthGbs,
    gpuCount: measures.runsOn === 'gpu' ? 1 : 0,
    vectorTflops: null,
    matrixTflops: null,
    known: false,
  };
}

function usableUnifiedGib(memoryGib: number): number {
  return Math.max(0, memoryGib * usableShareOfUnifiedMemory - operatingSystemGib);
}

function cpuBandwidthGbs(catalog: Catalog, machine: Machine): number | null {
  const platform = catalog.cpuPlatforms.find(candidate => candidate.name === machine.cpuPlatform);
  if (!platform) return null;
  const share = platform.socketBandwidthGbs * (machine.vcpu / platform.vcpuPerSocket);
  const channel = platform.socketBandwidthGbs / platform.memoryChannels;
  return Math.min(platform.socketBandwidthGbs, Math.max(share, channel));
}
