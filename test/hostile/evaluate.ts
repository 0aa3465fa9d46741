import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the real Terraform makes of values as they stand in a synthesised file. */
export function evaluated(values: readonly unknown[]): unknown[] {
  const directory = mkdtempSync(join(tmpdir(), 'evaluated-'));
  const terraform = (...args: string[]) =>
    execFileSync('terraform', args, {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    const output = Object.fromEntries(values.map((value, index) => [`o${index}`, { value }]));
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ output }));
    terraform('init', '-no-color', '-input=false');
    terraform('apply', '-no-color', '-input=false', '-auto-approve');
    const answered = JSON.parse(terraform('output', '-no-color', '-json')) as Record<
      string,
      { value: unknown }
    >;
    return values.map((_, index) => answered[`o${index}`]?.value);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
