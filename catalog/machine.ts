import { z } from 'zod';
import { commitments } from './commitment';

const positive = z.number().positive();

/** A size of virtual machine. */
export const machineSchema = z.strictObject({
  cloud: z.enum(['azure', 'aws']),
  /** Azure VM size or EC2 instance type. */
  sku: z.string(),
  vcpu: z.number().int().positive(),
  memoryGib: positive,
  arch: z.enum(['amd64', 'arm64']),
  gpu: z
    .strictObject({
      name: z.string(),
      runtime: z.enum(['cuda', 'rocm', 'neuron']),
      /** A fraction where the machine holds a slice of one. */
      count: positive,
      /** Of all accelerators together. */
      totalMemoryGib: positive,
      /** Peak of one accelerator, or of the slice, in 1e9 bytes a second. */
      bandwidthGbs: positive,
    })
    .nullable(),
  /** Null where the family mixes generations or the GPU decides the speed. */
  cpuPlatform: z.string().nullable(),
  /** Runs at full speed only on saved credits, so it carries no steady load. */
  burstable: z.boolean(),
});

/** What machines of one region cost. */
export const machinePriceTableSchema = z.strictObject({
  cloud: z.enum(['azure', 'aws']),
  region: z.string(),
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  currency: z.literal('USD'),
  source: z.string(),
  /** On demand, Linux. Null is unknown; a size that is absent is not sold in the region as far as the source knows. */
  usdPerHour: z.record(z.string(), positive.nullable()),
  /** Spot, Linux, as it stood that day; it moves. Absent is unknown. */
  spotUsdPerHour: z.record(z.string(), positive.nullable()).optional(),
  /** For an hour of a machine that is paid for a whole term, whether it runs or not; Linux. Absent is unknown. */
  committedUsdPerHour: z
    .partialRecord(z.enum(commitments), z.record(z.string(), positive.nullable()))
    .optional(),
});

/** What machines cost about in regions without a price table, by what they cost in another region. */
export const machinePriceFactorsSchema = z.strictObject({
  asOf: z.iso.date(),
  source: z.string(),
  regions: z.array(
    z.strictObject({
      cloud: z.enum(['azure', 'aws']),
      region: z.string(),
      /** The region with a table. */
      of: z.string(),
      /** A price over that in the other region. */
      least: positive,
      most: positive,
      /** Families of sizes that are sold, such as `g5`; no other is. */
      families: z.array(z.string()),
    }),
  ),
});

/** An owned device that the table knows. */
export const deviceHardwareSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  arch: z.enum(['amd64', 'arm64']),
  runsOn: z.enum(['cpu', 'gpu']),
  /** Null for a CPU. */
  runtime: z.enum(['cuda', 'metal', 'vulkan']).nullable(),
  /** Of the GPU for a PC with a graphics card, of the whole device otherwise. */
  memoryGib: positive,
  unifiedMemory: z.boolean(),
  bandwidthGbs: positive,
  peakPowerWatt: positive,
  basis: z.string(),
});

/** Groups of accelerators whose speed depends on bandwidth and compute in the same way. */
export const acceleratorClasses = [
  'nvidia-graphics',
  'nvidia-datacentre',
  'apple',
  'embedded',
  'other-gpu',
] as const;

/** What a GPU can do; see the notes of the table for how the figures are counted. */
export const acceleratorSchema = z.strictObject({
  name: z.string(),
  /** Parts of hardware names that mean this accelerator; the longest match wins. */
  aliases: z.array(z.string()),
  class: z.enum(acceleratorClasses),
  vectorTflops: positive,
  matrixTflops: positive,
  /** Peak, in 1e9 bytes a second. */
  bandwidthGbs: positive,
  /** Power limit of the board; null is unknown or shared with a CPU. */
  boardWatt: positive.nullable(),
  /** What boards share that are as fast as each other for what they have; absent for a board of its own. */
  chip: z.string().optional(),
});

/** Instructions that prompts are read with on a CPU, by how much a cycle multiplies. */
export const cpuInstructions = ['neon', 'avx2', 'avx512', 'amx'] as const;
export type CpuInstructions = (typeof cpuInstructions)[number];

/** A CPU whose measures are its own, unlike a machine's share of a socket. */
export const processorSchema = z.strictObject({
  name: z.string(),
  /** Parts of hardware names that mean this CPU; the longest match wins. */
  aliases: z.array(z.string()),
  cores: z.number().int().positive(),
  /** FP32 of all cores at the clock they keep under load, counted as 256 bits wide at most. */
  vectorTflops: positive,
  /** Peak, in 1e9 bytes a second. */
  bandwidthGbs: positive,
  instructions: z.enum(cpuInstructions),
  basis: z.string(),
});

export const cpuPlatformSchema = z.strictObject({
  name: z.string(),
  memoryChannels: z.number().int().positive(),
  megatransfersPerSecond: z.number().int().positive(),
  /** Peak of a socket, in 1e9 bytes a second. */
  socketBandwidthGbs: positive,
  vcpuPerSocket: z.number().int().positive(),
  /** Two where a vCPU is a hyper-thread. */
  vcpuPerCore: z.number().int().positive(),
  /** FP32 of one core at the clock it keeps under load, counted as 256 bits wide at most, in 1e9 operations a second. */
  vectorGflopsPerCore: positive,
  /** How measurements name chips of the platform. */
  chips: z.array(z.string()),
  instructions: z.enum(cpuInstructions),
});

export const regionSchema = z.strictObject({
  cloud: z.enum(['azure', 'aws']),
  name: z.string(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2),
  /** Data zone of DataZone deployments made there; null when there is none or it is unknown. */
  dataZone: z.enum(['eu', 'us', 'apac']).nullable(),
});

export type Machine = Readonly<z.output<typeof machineSchema>>;
/** What machines cost about in regions without a price table. */
export type MachinePriceFactors = Readonly<z.output<typeof machinePriceFactorsSchema>>;
/** What machines of one region cost. */
export type MachinePriceTable = Readonly<z.output<typeof machinePriceTableSchema>>;
export type DeviceHardware = Readonly<z.output<typeof deviceHardwareSchema>>;
export type CpuPlatform = Readonly<z.output<typeof cpuPlatformSchema>>;
export type Processor = Readonly<z.output<typeof processorSchema>>;
export type Region = Readonly<z.output<typeof regionSchema>>;
export type Accelerator = Readonly<z.output<typeof acceleratorSchema>>;
export type AcceleratorClass = Accelerator['class'];
export type Cloud = Machine['cloud'];
