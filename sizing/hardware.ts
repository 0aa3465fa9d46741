import { acceleratorClassOf, findAccelerator, findProcessor } from '../catalog';
import type {
  Accelerator,
  AcceleratorClass,
  Catalog,
  CpuInstructions,
  CpuPlatform,
  DeviceHardware,
  Machine,
  Processor,
} from '../catalog';

/** Hardware groups that speed is predicted for; `unknown` has no data at all. */
type HardwareClass = AcceleratorClass | 'cpu' | 'unknown';

/** Of one GPU, of the slice of one, or of the CPU's cores; null is unknown. */
export interface Compute {
  readonly vectorTflops: number | null;
  /** Dense FP16; null for a CPU too. */
  readonly matrixTflops: number | null;
  /** Power limit of a graphics board; null where a CPU shares it. */
  readonly boardWatt: number | null;
  /** Of a CPU; null for a GPU too. */
  readonly cores: number | null;
  /** Of a CPU, what it reads prompts with; null for a GPU too. */
  readonly instructions: CpuInstructions | null;
  /** Of a GPU, what boards as fast for what they have share; null where no table lists it, and for a CPU. */
  readonly chip: string | null;
}

const unknownCompute: Compute = {
  vectorTflops: null,
  matrixTflops: null,
  boardWatt: null,
  cores: null,
  instructions: null,
  chip: null,
};

/** What somebody measured of a model on this very hardware: it stands in for a prediction, good or bad. */
export interface MeasuredSpeed {
  /** As callers name it. */
  readonly model: string;
  readonly quantisation: string;
  /** Of a prompt of 512 tokens. */
  readonly promptTokensPerSecond: number;
  /** Of one sequence by itself, over its first 128 tokens; undefined for a model that puts out none. */
  readonly decodeTokensPerSecond?: number | undefined;
}

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
  /** Of one GPU, or of the sockets of the CPU, in 1e9 bytes a second; null is unknown. */
  readonly memoryBandwidthGbs: number | null;
  /** A fraction where the machine holds a slice; 0 for a CPU. */
  readonly gpuCount: number;
  readonly compute: Compute;
  /** Whether it has some cores of a CPU whose memory others use too. */
  readonly sharedMemory: boolean;
  /** Whether the accelerator or the CPU is in the tables. */
  readonly known: boolean;
  /** Speeds that were measured on it. @default - none */
  readonly measured?: readonly MeasuredSpeed[];
}

/** Share of a discrete GPU's memory that an engine may take: kaito-project/kaito nodesestimator, 2026-08 (Apache-2.0). */
export const usableShareOfGpuMemory = 0.84;
/** Share of unified memory beside a desktop or a service; Apple allows its GPU 70 to 78 %. */
const usableShareOfUnifiedMemory = 0.75;
/** Share of a server's RAM; the rest holds the page cache and the agents. */
const usableShareOfServerMemory = 0.85;
/** What an engine keeps on each GPU after the first, as the kaito estimator counts it. */
const engineOnFurtherGpuGib = 2.3;
/** What a small operating system keeps for itself on a device or a machine. */
const operatingSystemGib = 0.5;

/** Hardware of a virtual machine. A CPU machine has its cores, and uses the memory of its sockets with others. */
export function hardwareOfMachine(catalog: Catalog, machine: Machine): Hardware {
  const { gpu } = machine;
  if (!gpu) {
    const platform = catalog.cpuPlatforms.find(({ name }) => name === machine.cpuPlatform);
    return {
      name: machine.sku,
      kind: 'cpu',
      class: 'cpu',
      arch: machine.arch,
      memoryGib: machine.memoryGib,
      usableMemoryGib: machine.memoryGib * usableShareOfServerMemory - operatingSystemGib,
      memoryBandwidthGbs: machine.burstable ? null : (platform?.socketBandwidthGbs ?? null),
      gpuCount: 0,
      compute: platform ? computeOfCores(platform, machine.vcpu / platform.vcpuPerCore) : unknownCompute,
      sharedMemory: true,
      known: platform !== undefined,
    };
  }
  const accelerator = findAccelerator(catalog, gpu.name);
  return {
    name: `${machine.sku} (${gpu.count === 1 ? '' : `${gpu.count} × `}${gpu.name})`,
    kind: 'gpu',
    class: gpu.runtime === 'neuron' ? 'unknown' : (acceleratorClassOf(catalog, gpu.name) ?? 'unknown'),
    arch: machine.arch,
    memoryGib: gpu.totalMemoryGib,
    usableMemoryGib:
      gpu.totalMemoryGib * usableShareOfGpuMemory - engineOnFurtherGpuGib * Math.max(0, gpu.count - 1),
    memoryBandwidthGbs: gpu.bandwidthGbs,
    gpuCount: gpu.count,
    compute: computeOfAccelerator(accelerator, Math.min(1, gpu.count)),
    sharedMemory: false,
    known: accelerator !== undefined,
  };
}

/** Hardware of an owned device of the device table. */
export function hardwareOfDevice(catalog: Catalog, device: DeviceHardware): Hardware {
  const accelerator = device.runsOn === 'gpu' ? findAccelerator(catalog, device.name) : undefined;
  const compute =
    device.runsOn === 'gpu'
      ? computeOfAccelerator(accelerator)
      : computeOfProcessor(findProcessor(catalog, device.name));
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
    compute,
    sharedMemory: false,
    known: device.runsOn === 'cpu' || accelerator !== undefined,
  };
}

/** A device's own measures, as an environment states them. */
interface HardwareMeasures {
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
    compute: unknownCompute,
    sharedMemory: false,
    known: false,
  };
}

/** @param share part of the GPU that a machine holds, at most 1 */
export function computeOfAccelerator(accelerator: Accelerator | undefined, share = 1): Compute {
  if (!accelerator) return unknownCompute;
  const { vectorTflops, matrixTflops, boardWatt } = accelerator;
  return {
    vectorTflops: vectorTflops * share,
    matrixTflops: matrixTflops * share,
    boardWatt: boardWatt === null ? null : boardWatt * share,
    cores: null,
    instructions: null,
    chip: accelerator.chip ?? accelerator.name,
  };
}

export function computeOfProcessor(processor: Processor | undefined): Compute {
  if (!processor) return unknownCompute;
  const { vectorTflops, cores, instructions } = processor;
  return { ...unknownCompute, vectorTflops, cores, instructions };
}

function usableUnifiedGib(memoryGib: number): number {
  return Math.max(0, memoryGib * usableShareOfUnifiedMemory - operatingSystemGib);
}

/** @param cores of the platform, as many as a machine holds */
export function computeOfCores(platform: CpuPlatform, cores: number): Compute {
  const { vectorGflopsPerCore, instructions } = platform;
  return { ...unknownCompute, vectorTflops: (cores * vectorGflopsPerCore) / 1e3, cores, instructions };
}
