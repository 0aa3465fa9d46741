import { acceleratorClassOf, catalog, findAccelerator, findProcessor } from '../../catalog';
import type { AcceleratorClass, CpuPlatform } from '../../catalog';
import { computeOfAccelerator, computeOfCores, computeOfProcessor } from '../../sizing/hardware';
import type { Compute } from '../../sizing/hardware';
import { positive } from './csv';
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
  /** Part of a GPU that others use too; 1 for a whole one. */
  readonly share: number;
  /** Of all GPUs together, as the name states it; undefined where it does not. */
  readonly memoryGib: number | undefined;
  readonly slowHost: boolean;
  /** A part of a CPU that others use too: its bandwidth is that of the socket. */
  readonly ofSocket: boolean;
}

const parts: Readonly<Record<string, number>> = { half: 1 / 2, third: 1 / 3, quarter: 1 / 4, eighth: 1 / 8 };

/** What a row says of its hardware by name and class, filled in from the tables. */
export function measuredHardware(row: Row): MeasuredHardware {
  const name = row['hardware'] ?? '';
  const { gpus, share } = gpusOf(row, name);
  const cpu = /cpu$/i.test(row['device_class'] ?? '') || /\[CPU\]/i.test(name) || cell(row, 'vcpus');
  const memory = memoryOf(name);
  const memoryGib = memory && memory * gpus;
  if (cpu) return { class: 'cpu', ...ofCpu(row, name), gpus: 1, share: 1, memoryGib, slowHost: false };
  const accelerator = findAccelerator(catalog, name);
  const named = accelerator?.class ?? acceleratorClassOf(catalog, name);
  return {
    class: named ?? (/^edge/i.test(row['device_class'] ?? '') ? 'embedded' : 'other-gpu'),
    device: accelerator?.name ?? bareName(name),
    bandwidthGbs: accelerator && accelerator.bandwidthGbs * share,
    compute: computeOfAccelerator(accelerator, share),
    gpus,
    share,
    memoryGib,
    slowHost: /^(raspberry|pi|radxa|hifive)\b/i.test(name),
    ofSocket: false,
  };
}

function gpusOf(row: Row, name: string): Pick<MeasuredHardware, 'gpus' | 'share'> {
  return {
    gpus: cell(row, 'units') ?? Number(/\*\s*(\d+)/.exec(name)?.[1] ?? 1),
    share: parts[/vGPU \((\w+)\)/.exec(name)?.[1] ?? ''] ?? 1,
  };
}

function cell(row: Row, column: string): number | undefined {
  const value = positive(row[column]);
  return typeof value === 'number' ? value : undefined;
}

function ofCpu(
  row: Row,
  name: string,
): Pick<MeasuredHardware, 'device' | 'bandwidthGbs' | 'compute' | 'ofSocket'> {
  const processor = findProcessor(catalog, name);
  const share = processor ? undefined : shareOf(row, name);
  return {
    device: processor?.name ?? share?.device ?? bareName(name),
    bandwidthGbs: processor?.bandwidthGbs ?? share?.bandwidthGbs,
    compute: share?.compute ?? computeOfProcessor(processor),
    ofSocket: share !== undefined,
  };
}

/** A cloud machine whose name tells its chip and its vCPUs has its cores and the memory of its sockets, as in placement. */
function shareOf(
  row: Row,
  name: string,
): { device: string; bandwidthGbs: number; compute: Compute } | undefined {
  const platform = catalog.cpuPlatforms.find(
    candidate => candidate.chips.some(chip => name.includes(chip)) || name.includes(codename(candidate)),
  );
  const vcpu = cell(row, 'vcpus') ?? Number(/-(\d+)\b/.exec(name)?.[1] ?? Number.NaN);
  if (!platform || !(vcpu > 0)) return undefined;
  const cores = cell(row, 'threads') ?? vcpu / platform.vcpuPerCore;
  return {
    device: name.replace(/-\d+$/, ''),
    bandwidthGbs: platform.socketBandwidthGbs,
    compute: computeOfCores(platform, cores),
  };
}

/** `Intel Sapphire Rapids` is sold as Sapphire Rapids. */
function codename({ name }: CpuPlatform): string {
  return name.replace(/^(Intel|AMD EPYC|AWS|Azure) /, '').replace(/ \(.*$/, '');
}

/** The figure before a parenthesis is the host's, where the parenthesis names the GPU. */
function memoryOf(name: string): number | undefined {
  const figure = /(\d+)\s?GB\b/.exec(
    name.includes('(') && !name.includes('vGPU') ? name.slice(name.indexOf('(')) : name,
  )?.[1];
  return figure === undefined ? undefined : Number(figure);
}

/** Names of the same computer differ in what follows its model. */
function bareName(name: string): string {
  return name.replace(/\s*[-–(*].*$/, '').trim();
}

/** Chips from before 8-bit products of integers, which everything that Berth offers has: an engine does without them. */
const withoutIntegerProducts = /\b(P100|M60|GTX 9\d\d|K80)\b/;

/** Why a point says nothing of hardware that can be offered; undefined for most. */
export function noIntegerProducts(point: { readonly device: string } | undefined): string | undefined {
  return point && withoutIntegerProducts.test(point.device)
    ? 'its chip multiplies no 8-bit integers, unlike any that is offered'
    : undefined;
}
