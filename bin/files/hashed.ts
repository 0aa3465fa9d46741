import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from '../own-machine/artifact';
import { download } from '../own-machine/download';

/**
 * Downloads a file and hashes it, with progress at a terminal; nothing of it stays.
 * @returns its SHA-256, 64 lower-case hexadecimal digits
 * @throws {OwnMachineUnavailable} when it cannot be had
 */
export async function hashOf(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-hash-'));
  const part = join(folder, 'part');
  const stop = showProgress(part);
  try {
    await download(url, part, { what: url, tell: line => void process.stderr.write(`${line}\n`) });
    return await sha256Of(part);
  } finally {
    stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function showProgress(part: string): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  const timer = setInterval(() => {
    const bytes = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
    process.stderr.write(`\r${(bytes / 1e6).toFixed(0)} MB`);
  }, 500);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\u001b[K');
  };
}
