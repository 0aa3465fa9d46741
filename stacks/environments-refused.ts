import { basename, extname } from 'node:path';
import { nameOf } from '../config';
import { BerthError } from '../text/berth-error';

/** What could not be built, one or several environments, with all that is wrong. */
export class EnvironmentsRefused extends BerthError {
  readonly kind = 'input';

  constructor(readonly causes: readonly Error[]) {
    super(causes.map(({ message }) => message).join('\n'));
  }
}

/** By what name an environment that cannot be built is refused: its own, or its file's where that is not told or taken. */
export function refusedName(file: string, isFree: (name: string) => boolean): string {
  const stem = basename(file, extname(file));
  const names = [nameOf(file) ?? stem, stem].map(plain).filter(name => name !== '');
  for (let i = 0; ; i += 1) {
    const name = names[i] ?? `refused${i}`;
    if (isFree(name)) return name;
  }
}

/** As the names of environments are. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 40);
}
