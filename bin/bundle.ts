import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { environmentFile, loadCatalog, loadEnvironment, readCheckedLock, writeOutput } from '../config';
import { deviceBundle } from '../stacks/device-bundle';
import type { DeviceBundle } from '../stacks/device-bundle';
import { shown } from '../text/shown';
import { fromHome } from './from-home';
import { obtainAll } from './own-machine/artifact';
import { foldersOf, makeFolders } from './own-machine/folders';
import { OwnMachineInput } from './own-machine/own-machine-error';

export interface BundleOptions {
  /** Folder that is made. */
  readonly out?: string;
  /** Private SSH key to sign with, or the public one of a key that the agent has. */
  readonly sign?: string;
  /** Folder or address that has the files, instead of the network. */
  readonly files?: string;
  readonly json?: boolean;
}

const sums = 'SHA256SUMS';
const signers = 'allowed_signers';
/** Who signs, and what for: a signature for another purpose is none for this one. */
const [identity, purpose] = ['operator', 'berth'];

/**
 * Writes a folder with all that a device needs, for somebody to carry there: script, description, engine, weights, their hashes, and the
 * operator's signature of these.
 */
export async function bundle(nameOrPath: string, device: string, options: BundleOptions): Promise<void> {
  const file = environmentFile(nameOrPath, process.cwd());
  const environment = loadEnvironment(file);
  const { decision } = readCheckedLock(file, environment, loadCatalog(file, environment));
  const carried = deviceBundle(environment, decision, device);
  const key = keyFile(options.sign ?? join('~', '.ssh', 'id_ed25519'));
  const out = resolve(options.out ?? `${environment.name}-${device}`);
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new OwnMachineInput(
      `--out: ${out} is there already and holds something; remove it, or name another folder`,
    );
  const folders = foldersOf(environment.name);
  makeFolders(folders);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const fetching = { cache: folders.cache, environment: environment.name, files: options.files, tell };
  const paths = await obtainAll(carried.files, fetching);
  try {
    write(out, carried, paths, device);
    sign(out, key);
  } catch (error) {
    rmSync(out, { recursive: true, force: true });
    throw error;
  }
  const result = { environment: environment.name, device, folder: out, files: readdirSync(out).sort() };
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : textOf(out));
}

function keyFile(path: string): string {
  const file = resolve(fromHome(path));
  if (existsSync(file)) return file;
  throw new OwnMachineInput(
    `--sign: the file of an SSH key is needed, got ${shown(path)}, which is not there; name one, or make it: ssh-keygen -t ed25519`,
  );
}

function write(
  out: string,
  { script, manifest, files }: DeviceBundle,
  paths: readonly string[],
  device: string,
): void {
  mkdirSync(out, { recursive: true });
  const texts = { 'berth-device.sh': script, 'unit.json': manifest };
  for (const [name, text] of Object.entries(texts)) writeOutput(join(out, name), text);
  for (const path of paths) copyFileSync(path, join(out, basename(path)));
  const hashes = [
    ...Object.entries(texts).map(([name, text]) => ({
      name,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
    ...files,
  ];
  const lines = [...new Set(hashes.map(({ name, sha256 }) => `${sha256}  ${name}\n`))];
  writeOutput(join(out, sums), lines.join(''));
  writeOutput(join(out, 'README.txt'), instructions(device));
}

/** By OpenSSH, which operator and device have; a public key is of one that the agent holds. */
function sign(out: string, key: string): void {
  try {
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', purpose, join(out, sums)], {
      stdio: 'pipe',
      env: process.env,
    });
    const text = key.endsWith('.pub')
      ? readFileSync(key, 'utf8')
      : execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8', stdio: 'pipe', env: process.env });
    writeOutput(
      join(out, signers),
      `${identity} namespaces="${purpose}" ${text.trim().split(/\s+/).slice(0, 2).join(' ')}\n`,
    );
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer };
    throw new OwnMachineInput(
      `--sign: ${key} cannot sign: ${shown(String(stderr ?? error).trim(), 200)}; name an SSH key without a passphrase, or the public one of a key that the agent has`,
    );
  }
}

function textOf(out: string): string {
  return `${out} holds all that the device needs; its README.txt says what to do there.\nThe device trusts the key of ${signers} only when that comes another way: compare it with the one that you sent before.\n`;
}

function instructions(device: string): string {
  return `What serves on ${device}. It needs nginx, openssl and curl, and no network.

1. Copy this folder to a disk of the device, and go there. allowed_signers must be the file that the operator gave you before,
   not the one that came with this folder: put yours in its place.
2. Check who made it, and that nothing was changed:

   ssh-keygen -Y verify -f ${signers} -I ${identity} -n ${purpose} -s ${sums}.sig < ${sums} && sha256sum -c ${sums}

3. Install and verify. What serves already stays until this has the files:

   sudo sh ./berth-device.sh install ./unit.json && sudo sh ./berth-device.sh verify ./unit.json

   It ends with "ok", or with what is wrong. The same line can be run again.

To remove it: sudo sh /opt/berth/${device}/berth-device.sh remove ${device}
`;
}
