import { totalmem } from 'node:os';
import { isOlder } from '../../text/version';
import { OwnMachineUnavailable } from './own-machine-error';

/** What of this machine a decision depends on. */
export interface FoundMachine {
  readonly system: 'linux' | 'darwin';
  readonly arch: 'amd64' | 'arm64';
  /** What programs may use, of the machine or of the container, in steps of a tenth. */
  readonly memoryGib: number;
}

const archs: Readonly<Record<string, FoundMachine['arch']>> = { x64: 'amd64', arm64: 'arm64' };

/** glibc that llama.cpp's own builds for Ubuntu need: openclaw/openclaw build notes of b10809, 2026-09 (MIT). */
const neededGlibc = { amd64: '2.34', arm64: '2.38' } as const;

/** @throws {OwnMachineUnavailable} on a system that Berth cannot serve on */
export function foundMachine(): FoundMachine {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'darwin')
    throw new OwnMachineUnavailable(
      `berth up serves on Linux, and untried on macOS, got ${platform}: what is missing is an engine that Berth knows how to start and end there; on Windows, run it in WSL 2`,
    );
  const arch = archs[process.arch];
  if (!arch)
    throw new OwnMachineUnavailable(
      `berth up serves on x64 and arm64, got ${process.arch}: there is no build of llama.cpp for it`,
    );
  return { system: platform, arch, memoryGib: memoryGib() };
}

/** A container's limit counts where it is below what the machine has; without one the figure is huge. */
function memoryGib(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor((bytes / 2 ** 30) * 10) / 10;
}

/**
 * What keeps the pinned build of llama.cpp from running here, as what follows its name; undefined where nothing does.
 * @param glibc version of it; null with another C library. @default - of this process
 */
export function enginePlight(
  { system, arch }: FoundMachine,
  glibc: string | null = glibcVersion(),
): string | undefined {
  if (system === 'darwin') return 'is for Linux';
  const needed = neededGlibc[arch];
  if (glibc === null) return `needs glibc ${needed}, and this system has another C library`;
  return isOlder(glibc, needed) ? `needs glibc ${needed}, and this system has ${glibc}` : undefined;
}

function glibcVersion(): string | null {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime ?? null;
}
