import { posix } from 'node:path';

/** A file that was uploaded. Weights are large: of a file above `keepBytes` only size and hash are kept. */
interface DeviceFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Kept up to `keepBytes`, else undefined. */
  readonly content?: string;
}

/** Files up to this size keep their content: scripts and manifests. */
export const keepBytes = 1024 * 1024;

/** The file system of a rehearsed device: what was uploaded, and the directories an empty Linux has. */
export class DeviceFiles {
  private readonly directories = new Set(['/', '/tmp', '/opt', '.ssh']);
  private readonly files = new Map<string, DeviceFile>();

  isDirectory(path: string): boolean {
    return this.directories.has(posix.normalize(path).replace(/(.)\/$/, '$1'));
  }

  makeDirectory(path: string): void {
    this.directories.add(posix.normalize(path));
  }

  write(path: string, file: DeviceFile): void {
    this.files.set(posix.normalize(path), file);
  }

  read(path: string): DeviceFile | undefined {
    return this.files.get(posix.normalize(path));
  }

  /** Removes a file, or a directory with all that is in it. */
  remove(path: string): void {
    for (const known of [...this.files.keys(), ...this.directories]) {
      if (known !== path && !known.startsWith(`${path}/`)) continue;
      this.files.delete(known);
      this.directories.delete(known);
    }
  }

  /** All file paths, sorted. */
  list(): string[] {
    return [...this.files.keys()].sort();
  }
}
