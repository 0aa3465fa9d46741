import type { Effect } from '../rehearsal/run';
import { endWith } from './outcomes';
import { previewMarkdown, previewText } from './preview-text';
import { previewOf } from './rehearsed-preview';
import type { Preview } from './rehearsed-preview';
import { UsageError } from './usage-error';

/** What `--fail-on` may name. */
const previewed = ['replace', 'destroy', 'restart', 'address', 'failure'] as const;
type Previewed = (typeof previewed)[number];

export interface PreviewOptions {
  /** Git revision, or the file of an environment with its lock. @default HEAD */
  readonly against?: string;
  /** What ends the command with 5, separated by commas. */
  readonly failOn?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** What `berth deploy` would do in both of its steps: the committed lock is deployed in a rehearsal, and the lock of now over it. */
export async function preview(nameOrPath: string, options: PreviewOptions): Promise<void> {
  const failOn = failKindsOf(options);
  const result = await previewOf(nameOrPath, options.against ?? 'HEAD');
  printPreview(result, options);
  if (failOn.some(kind => holdsEffect(result, kind))) endWith('findings');
}

export function printPreview(result: Preview, { json, markdown }: PreviewOptions): void {
  const text = markdown ? previewMarkdown(result) : previewText(result);
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : text);
}

/** What `--fail-on` names. @throws UsageError */
export function failKindsOf({ failOn, json, markdown }: PreviewOptions): Previewed[] {
  if (json && markdown)
    throw new UsageError('--json and --markdown: one kind of output at a time is allowed; keep one of them');
  const names = (failOn ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const unknown = names.filter(name => !previewed.some(kind => kind === name));
  if (unknown.length > 0)
    throw new UsageError(
      `--fail-on: ${previewed.join(', ')} are allowed, separated by commas, got '${unknown.join(', ')}'; name one of them`,
    );
  return previewed.filter(kind => names.includes(kind));
}

/** Whether a preview has what `--fail-on` may name. */
export function holdsEffect({ effects, later, addresses, failures }: Preview, kind: Previewed): boolean {
  const has = (of: Effect['kind']): boolean => [...effects, ...later].some(effect => effect.kind === of);
  const found: Readonly<Record<Previewed, () => boolean>> = {
    replace: () => has('replaced'),
    destroy: () => has('destroyed'),
    restart: () => has('restarted'),
    address: () => addresses.some(({ before }) => before !== null),
    failure: () => failures.length > 0,
  };
  return found[kind]();
}
