import { existsSync } from 'node:fs';
import { nameIn } from '../config/load';
import { markAtWork } from './deploy-mark';
import { foldersOf } from './own-machine/folders';
import { ownFile } from './own-machine/own-decision';
import { usualName } from './own-machine/own-environment';
import { stopServing } from './own-machine/serving';

/** How `berth down` tells what it did. */
export interface DownOptions {
  readonly json?: boolean;
}

/** Ends what `berth up` started; files, key and decision stay. */
export async function down(nameOrPath: string = usualName, { json }: DownOptions): Promise<void> {
  const name = existsSync(nameOrPath) ? (nameIn(nameOrPath) ?? nameOrPath) : nameOrPath;
  const { state, cache } = foldersOf(name);
  const stopped = existsSync(state) ? await stopMarked(state, ownFile(foldersOf(name), name)) : [];
  const result = { environment: name, stopped, kept: { state, cache } };
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : textOf(result));
}

async function stopMarked(state: string, file: string): Promise<string[]> {
  const unmark = markAtWork(file, 'destroy');
  try {
    return (await stopServing(state)).map(({ model }) => model);
  } finally {
    unmark();
  }
}

interface Stopped {
  readonly environment: string;
  readonly stopped: readonly string[];
  readonly kept: { readonly state: string; readonly cache: string };
}

function textOf({ environment, stopped, kept: { state, cache } }: Stopped): string {
  const first = stopped.length > 0 ? `${stopped.join(', ')} stopped` : `nothing of ${environment} runs`;
  const kept = [
    `engine and weights stay in ${cache}, decision and key in ${state}`,
    `rm -r ${cache} ${state} removes them`,
  ];
  return `${[first, ...kept].join('\n')}\n`;
}
