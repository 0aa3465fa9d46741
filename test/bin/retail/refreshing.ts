import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshPrices } from '../../../bin/prices';
import type { RefreshOptions } from '../../../bin/prices';
import type { Answer } from './answers';
import { PriceServer } from './server';

/** Day of every refresh in the tests. */
export const asOf = '2026-11-25';

export type Answers = readonly Answer[] | ((origin: string) => readonly Answer[]);

/** A folder, a price list and what the command prints: new for each test of the file that makes one. */
export class Refreshing {
  folder = '';
  printed = '';
  /** What it tells of its progress. */
  told = '';
  server: PriceServer | undefined;

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), 'berth-prices-'));
      this.printed = '';
      this.told = '';
      jest.spyOn(process.stderr, 'write').mockImplementation(text => {
        this.told += String(text);
        return true;
      });
      jest.spyOn(process.stdout, 'write').mockImplementation(text => {
        this.printed += String(text);
        return true;
      });
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await this.server?.close();
      this.server = undefined;
      rmSync(this.folder, { recursive: true });
    });
  }

  get out(): string {
    return join(this.folder, 'prices.json');
  }

  /**
   * Runs the command on swedencentral.
   * @param machines what the list answers about machines
   * @param models what it answers about models. @default no meters
   * @param reservations what it answers about reservations of machines. @default none
   */
  async refresh(
    machines: Answers,
    options: RefreshOptions = {},
    models?: Answers,
    reservations?: readonly Answer[],
  ): Promise<void> {
    this.server = await PriceServer.open(asFunction(machines), models && asFunction(models), reservations);
    const { out, server } = this;
    const region = ['swedencentral'];
    await refreshPrices(undefined, { region, out, today: asOf, url: server.url, ...options });
  }
}

function asFunction(answers: Answers): (origin: string) => readonly Answer[] {
  return typeof answers === 'function' ? answers : () => answers;
}
