import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Files as providers see them: those of the stacks, and what the rehearsal wrote, which is in memory alone. */
export class Files {
  private readonly written = new Map<string, Buffer>();
  private directories: readonly string[] = [];

  /** Says where Terraform runs: paths are relative to one of these. */
  serve(directories: readonly string[]): void {
    this.directories = directories;
  }

  write(path: string, content: Buffer): void {
    this.written.set(resolve('/', path), content);
  }

  /** Undefined when there is none. */
  read(path: string): Buffer | undefined {
    const written = this.written.get(resolve('/', path));
    if (written) return written;
    for (const directory of this.directories) {
      try {
        return readFileSync(resolve(directory, path));
      } catch {
        // It may be in the next.
      }
    }
    return undefined;
  }
}
