import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { renderManifest } from '../../../../constructs/host/engine';
import { deviceScript } from '../../../../constructs/host/engine/scripts';
import type { RecipeSpec } from '../../../../constructs/host/engine';

export const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** How a run of the device script ended. */
export interface Outcome {
  readonly status: number | null;
  /** Last line on standard output. */
  readonly line: string;
  readonly stderr: string;
}

/** Commands that the script finds instead of the machine's own. Each run is noted in `calls`. */
const stubs = {
  systemctl: `echo "systemctl $*" >>"$SANDBOX/calls"\n[ ! -f "$SANDBOX/unhealthy" ] || case $1 in restart | start) exit 1 ;; esac`,
  nginx: 'exit 0',
  curl: `echo "curl $*" >>"$SANDBOX/calls"
out=; for word in "$@"; do
  if [ "$take" = 1 ]; then out=$word; take=0; fi
  case "$word" in --output) take=1 ;; esac
  last=$word
done
case "$last" in
  https://example.com/*) [ -f "$SANDBOX/web/\${last##*/}" ] || exit 22; cp "$SANDBOX/web/\${last##*/}" "$out" ;;
  */health) [ ! -f "$SANDBOX/unhealthy" ] ;;
  */v1/chat/completions | */v1/embeddings) if [ -f "$SANDBOX/open" ]; then printf 200; else printf 401; fi ;;
  */v1/models) cat >"$SANDBOX/curl-config"; cat "$SANDBOX/models" ;;
esac`,
};

/** A root folder of its own in which the real device script runs, with stubs for what changes or asks a machine. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'berth-device-'));
  readonly root = join(this.folder, 'root');
  private readonly upload: string;

  constructor(readonly unit: string) {
    this.upload = join(this.root, 'tmp', `berth-${unit}`);
    for (const each of [join(this.folder, 'bin'), join(this.folder, 'web'), this.upload]) {
      mkdirSync(each, { recursive: true });
    }
    for (const [name, body] of Object.entries(stubs)) {
      const file = join(this.folder, 'bin', name);
      writeFileSync(file, `#!/bin/sh\ntake=0\n${body}\n`);
      chmodSync(file, 0o755);
    }
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  read(...parts: string[]): string {
    return readFileSync(this.path(...parts), 'utf8');
  }

  has(...parts: string[]): boolean {
    return existsSync(this.path(...parts));
  }

  /** Puts a file where the stub of curl finds it, or a switch such as `unhealthy`. */
  put(name: string, content: Buffer | string = ''): void {
    writeFileSync(join(this.folder, name), content);
  }

  take(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  uploadFile(name: string, content: Buffer | string): void {
    writeFileSync(join(this.upload, name), content);
  }

  place(recipe: RecipeSpec): void {
    this.uploadFile('berth-device.sh', deviceScript(recipe));
    this.uploadFile('unit.json', renderManifest(recipe));
  }

  /** Runs the uploaded script, or the installed one for `remove`. */
  run(verb: string, argument = join(this.upload, 'unit.json')): Outcome {
    const script =
      verb === 'remove'
        ? this.path('opt/berth', this.unit, 'berth-device.sh')
        : join(this.upload, 'berth-device.sh');
    const { status, stdout, stderr } = spawnSync('sh', [script, verb, argument], {
      encoding: 'utf8',
      env: {
        PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        SANDBOX: this.folder,
        BERTH_ROOT: this.root,
        BERTH_HEALTH_SECONDS: '0',
      },
    });
    return { status, line: stdout.trimEnd().split('\n').at(-1) ?? '', stderr };
  }

  /** What the stubs were called with since the last look. */
  calls(): string[] {
    const file = join(this.folder, 'calls');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    rmSync(file);
    return lines;
  }

  readConfig(): string {
    return readFileSync(join(this.folder, 'curl-config'), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A .tar.gz with a llama-server that does nothing; always the same bytes, whenever it is made. */
export function engineArchive(sandbox: Sandbox): Buffer {
  const folder = join(sandbox.folder, 'engine', 'llama');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'llama-server'), '#!/bin/sh\n');
  for (const each of [join(folder, 'llama-server'), folder]) utimesSync(each, 0, 0);
  const archive = join(sandbox.folder, 'engine.tar');
  spawnSync('tar', ['-cf', archive, '-C', join(sandbox.folder, 'engine'), 'llama']);
  return gzipSync(readFileSync(archive));
}
