import { acceleratorClassOf, catalog, findAccelerator, findProcessor } from '../../catalog';
import type { AcceleratorClass, CpuPlatform } from '../../catalog';
import { computeOfAccelerator, computeOfProcessor } from '../../sizing/hardware';
import type { Compute } from '../../sizing/hardware';
import type { Row } from './csv';

/** Hardware as a measurement names it. */
export interface MeasuredHardware {
  readonly class: AcceleratorClass | 'cpu';
  /** Accelerator, CPU or computer: points of one are left out together. */
  readonly device: string;
  /** Of the tables, where the measurement states none; undefined is unknown. */
  readonly bandwidthGbs: number | undefined;
  readonly compute: Compute;
  /** GPUs that hold the layers in turn. */
  readonly gpus: number;
  /** Of all GPUs together, as the name states it; undefined where it does not. */
  readonly memoryGib: number | undefined;
  readonly slowHost: boolean;
}

/** What a row says of its hardware by name and class, filled in from the tables. */
export function measuredHardware(row: Row): MeasuredHardware {
  const name = row['hardware'] ?? '';
  const gpus = Number(/\*\s*(\d+)/.exec(name)?.[1] ?? 1);
  const cpu = /cpu$/i.test(row['device_class'] ?? '') || /\[CPU\]/i.test(name);
  const memory = memoryOf(name);
  const memoryGib = memory && memory * gpus;
  if (cpu) return { class: 'cpu', ...ofCpu(name), gpus: 1, memoryGib, slowHost: false };
  const accelerator = findAccelerator(catalog, name);
  const named = accelerator?.class ?? acceleratorClassOf(catalog, name);
  return {
    class: named ?? (/^edge/i.test(row['device_class'] ?? '') ? 'embedded' : 'other-gpu'),
    device: accelerator?.name ?? bareName(name),
    bandwidthGbs: accelerator?.bandwidthGbs,
    compute: computeOfAccelerator(accelerator),
    gpus,
    memoryGib,
    slowHost: /^(raspberry|pi|radxa|hifive)\b/i.test(name),
  };
}

function ofCpu(name: string): Pick<MeasuredHardware, 'device' | 'bandwidthGbs' | 'compute'> {
  const processor = findProcessor(catalog, name);
  const share = processor ? undefined : shareOf(name);
  return {
    device: processor?.name ?? bareName(name),
    bandwidthGbs: processor?.bandwidthGbs ?? share?.bandwidthGbs,
    compute: share?.compute ?? computeOfProcessor(processor),
  };
}

/** A cloud machine whose name tells its platform and its vCPUs has its share of the socket, as in placement. */
function shareOf(name: string): { bandwidthGbs: number; compute: Compute } | undefined {
  const platform = catalog.cpuPlatforms.find(candidate => name.includes(codename(candidate)));
  const vcpu = Number(/-(\d+)\b/.exec(name)?.[1] ?? Number.NaN);
  if (!platform || !(vcpu > 0)) return undefined;
  const { socketBandwidthGbs, vcpuPerSocket, vcpuPerCore, vectorGflopsPerCore } = platform;
  const cores = vcpu / vcpuPerCore;
  return {
    bandwidthGbs: Math.min(1, vcpu / vcpuPerSocket) * socketBandwidthGbs,
    compute: { ...computeOfProcessor(undefined), cores, vectorTflops: (cores * vectorGflopsPerCore) / 1e3 },
  };
}

/** `Intel Sapphire Rapids` is sold as Sapphire Rapids. */
function codename({ name }: CpuPlatform): string {
  return name.replace(/^(Intel|AMD EPYC|AWS|Azure) /, '').replace(/ \(.*$/, '');
}

/** The figure before a parenthesis is the host's, where the parenthesis names the GPU. */
function memoryOf(name: string): number | undefined {
  const figure = /(\d+)\s?GB\b/.exec(name.includes('(') ? name.slice(name.indexOf('(')) : name)?.[1];
  return figure === undefined ? undefined : Number(figure);
}

/** Names of the same computer differ in what follows its model. */
function bareName(name: string): string {
  return name.replace(/\s*[-–(*].*$/, '').trim();
}
