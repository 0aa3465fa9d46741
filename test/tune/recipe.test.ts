import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve('examples/tune-small-model/tune.sh');

/** Stand in for what trains and converts: they tell how they were called, and make what the next one takes. */
const programs = {
  trl: `[ "$1" = --version ] && { echo trl 1.16.0; exit 0; }
echo "trl $*" >> "$LOG"; ls "$(echo "$*" | sed 's/.*--dataset_name \\([^ ]*\\).*/\\1/')" >> "$LOG"; [ -z "\${FAILS:-}" ]`,
  python3: `echo "python3 $*" >> "$LOG"
[ "$1" = - ] && { mkdir "$3"; exit 0; }
while [ "$1" != --outfile ]; do shift; done; echo GGUF > "$2"`,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-recipe-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'tmp'));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  for (const name of ['convert_hf_to_gguf.py', 'train.jsonl', 'validation.jsonl'])
    writeFileSync(join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function tuned(args: readonly string[], more: Record<string, string> = {}) {
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
    ...{ LOG: join(folder, 'log'), TMPDIR: join(folder, 'tmp'), LLAMA_CPP: folder, ...more },
  };
  return spawnSync('sh', [script, ...args], { cwd: folder, env, encoding: 'utf8' });
}

const all = ['notes', 'Qwen/Qwen3-1.7B', 'train.jsonl', 'out.gguf', 'validation.jsonl'];

describe('the recipe that tunes a small model', () => {
  it('trains an adapter, merges and converts it, and says how to register the file', () => {
    const { status, stdout } = tuned(all, { EPOCHS: '2' });
    expect(status).toBe(0);
    expect(stdout).toBe(
      "npx berth tune register notes --file 'out.gguf' --quantisation Q8_0 --by 'trl 1.16.0, LoRA of rank 16' --url <where machines download it> --revision <its commit or release>\n",
    );
    expect(readFileSync(join(folder, 'out.gguf'), 'utf8')).toBe('GGUF\n');
    const log = readFileSync(join(folder, 'log'), 'utf8').replaceAll(/\S*\/tmp\/[^/\s]+/g, '<work>');
    expect(log)
      .toBe(`trl sft --model_name_or_path Qwen/Qwen3-1.7B --model_revision main --dataset_name <work>/data --eval_strategy epoch --dataset_test_split validation --use_peft --lora_r 16 --lora_alpha 32 --num_train_epochs 2 --learning_rate 2e-4 --seed 7 --report_to none --output_dir <work>/adapter
train.jsonl
validation.jsonl
python3 - <work>/adapter <work>/merged Qwen/Qwen3-1.7B main
python3 <work>/convert_hf_to_gguf.py <work>/merged --outtype q8_0 --outfile <work>/tuned.gguf
`);
  });

  it.each([
    [['notes'], {}, 64, /^usage: /],
    [
      [...all.slice(0, 2), 'none.jsonl', 'out.gguf'],
      {},
      1,
      /^none\.jsonl: a file that can be read is needed/,
    ],
    [all, { FAILS: '1' }, 1, /^$/],
  ])('leaves nothing behind where it cannot: %j', (args, more, ends, says) => {
    const { status, stderr } = tuned(args, more);
    expect(status).toBe(ends);
    expect(stderr).toMatch(says);
    expect(existsSync(join(folder, 'out.gguf'))).toBe(false);
    expect(spawnSync('ls', [join(folder, 'tmp')], { encoding: 'utf8' }).stdout).toBe('');
  });

  const hasShellcheck = spawnSync('shellcheck', ['--version']).error === undefined;
  (hasShellcheck ? it : it.skip)('pleases shellcheck (skipped where shellcheck is not installed)', () => {
    expect(spawnSync('shellcheck', [script], { encoding: 'utf8' }).stdout).toBe('');
  });
});
