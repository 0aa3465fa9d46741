import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils } from 'ssh2';
import { deviceKeyProblems } from '../../bin/device-key';
import type { Stack } from '../../rehearsal/run';

const connection = { type: 'ssh', private_key: '${file(pathexpand(var.device_key))}' };
const stack = {
  name: 'dev-edge',
  json: { resource: { terraform_data: { till: { connection } } } },
} as unknown as Stack;
const folder = mkdtempSync(join(tmpdir(), 'berth-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Problems with a key of this text, in the home of somebody. */
function problems(text: string): string[] {
  writeFileSync(join(folder, 'key'), text);
  return deviceKeyProblems([stack], { HOME: folder, TF_VAR_device_key: '~/key' });
}

describe('the private key of devices', () => {
  it('is one that nobody has to unlock', () => {
    expect(problems(utils.generateKeyPairSync('ed25519').private)).toEqual([]);
    const locked = utils.generateKeyPairSync('ed25519', {
      passphrase: 'secret',
      cipher: 'aes256-ctr',
      rounds: 1,
    });
    const [problem] = problems(locked.private);
    expect(problem).toMatch(
      /^the private key at ~\/key has a passphrase, and dev-edge sets up devices over SSH, where nobody can be asked: make one with ssh-keygen -t ed25519 -N '' -f ~\/berth, /,
    );
  });

  it('is no matter of stacks without devices', () => {
    const other = { name: 'dev-hosted', json: { resource: {} } } as unknown as Stack;
    expect(deviceKeyProblems([other], { HOME: folder })).toEqual([]);
  });
});
