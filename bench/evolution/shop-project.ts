import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LockError,
  checkPlatform,
  loadCatalog,
  loadEnvironment,
  lockFile,
  lockText,
  readCheckedLock,
  salvageLock,
  writeLock,
  writeOutput,
} from '../../config';
import type { Lock, Salvaged } from '../../config';
import { decided } from '../../bin/decision';
import { shopFiles } from './shop';
import type { Shop } from './shop';

const asOf = '2026-11-24';

/** The files of an environment that is edited. */
export class ShopProject {
  private readonly directory = mkdtempSync(join(tmpdir(), 'evolution-'));
  /** Where the environment's file is. */
  readonly root = join(this.directory, 'now');
  readonly file = join(this.root, 'shop.json');
  /** The environment's file as it was deployed, beside the lock of then. */
  readonly deployedFile = join(this.directory, 'deployed', 'shop.json');

  /**
   * Decides what a file says, as `berth place` does. @param forgets whether what goes is forgotten, as it must not be
   * @throws {LockError} where it would take away what is deployed
   */
  async place(shop: Shop, forgets = false): Promise<void> {
    for (const [name, text] of Object.entries(shopFiles(shop)))
      writeOutput(join(this.root, name), text, { makeDirectories: true });
    const { environment, decision, salvaged } = await decided(this.file, {
      today: asOf,
      salvaging: (file, catalog) => {
        const read = salvageLock(file, catalog);
        return read && forgets ? forgotten(read) : read;
      },
      check: (file, written, read) => {
        const deployed = read?.previous.deployed;
        if (deployed) checkPlatform(file, written, deployed);
      },
    });
    writeFileSync(lockFile(this.file), writeLock(environment, decision, salvaged?.previous));
  }

  /** Why an edit is refused; undefined where it is not. What was there before is there again then. */
  async refusalOf(edited: Shop, before: Shop): Promise<string | undefined> {
    const lock = readFileSync(lockFile(this.file), 'utf8');
    try {
      await this.place(edited);
      return undefined;
    } catch (error) {
      if (!(error instanceof LockError)) throw error;
      if (readFileSync(lockFile(this.file), 'utf8') !== lock) return undefined;
      await this.place(before);
      return error.message;
    }
  }

  lock(): Lock {
    const environment = loadEnvironment(this.file);
    return readCheckedLock(this.file, environment, loadCatalog(this.file, environment));
  }

  write(lock: Lock): void {
    writeFileSync(lockFile(this.file), lockText(lock));
  }

  /** What is there was deployed. */
  keepDeployed(): void {
    cpSync(this.root, join(this.directory, 'deployed'), { recursive: true });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** Without what goes. */
function forgotten(read: Salvaged): Salvaged {
  return {
    ...read,
    named: read.named.filter(({ goes = false }) => !goes),
    previous: { ...read.previous, going: [] },
  };
}
