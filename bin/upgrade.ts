import { environmentFile, environmentFiles } from '../config';
import { endWith } from './outcomes';
import { failKindsOf, holdsEffect, printPreview } from './preview';
import type { PreviewOptions } from './preview';
import type { Preview } from './rehearsed-preview';
import { upgradeOf } from './rehearsed-upgrade';

export interface UpgradeOptions extends Pick<PreviewOptions, 'failOn' | 'json' | 'markdown'> {
  /** Directory with `<stack>.tfstate` of each stack. @default - where the locks say that the states are */
  readonly states?: string;
}

/** What the next deploy by this Berth would do to what an earlier one deployed, without touching it. */
export async function upgrade(names: readonly string[], options: UpgradeOptions): Promise<void> {
  const failOn = failKindsOf(options);
  const root = process.cwd();
  const files = names.length > 0 ? names.map(name => environmentFile(name, root)) : environmentFiles(root);
  const results: Preview[] = [];
  for (const file of files) results.push(await upgradeOf(file, options.states));
  if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else for (const result of results) printPreview(result, options);
  if (failOn.some(kind => results.some(result => holdsEffect(result, kind)))) endWith('findings');
}
