import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollOutStack } from '../../bin/fleet/roll-out-stack';
import { isRolledOut } from '../../bin/fleet/rollout';
import type { Rollout } from '../../bin/fleet/rollout';
import { StackTerraform } from '../../bin/stack-terraform';
import { parseEnvironment } from '../../config';
import type { Environment } from '../../config';
import { findTerraform } from '../../rehearsal/run';
import type { Stack } from '../../rehearsal/run';

jest.setTimeout(120_000);

const names = Array.from({ length: 10 }, (_, i) => `till${i + 1}`);
const ssh = (): Server => createServer(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));

let directory: string;
let server: Server;
let closed: number;
let terraform: StackTerraform;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'berth-waves-'));
  server = ssh();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const gone = ssh();
  await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve));
  closed = (gone.address() as AddressInfo).port;
  await new Promise(resolve => gone.close(resolve));
  terraform = new StackTerraform(
    await findTerraform(),
    { ...process.env, CHECKPOINT_DISABLE: '1' },
    () => undefined,
  );
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

/**
 * Devices as their stack has them, each with a step behind what is remembered of it; a program of this machine stands in for
 * what SSH would run there.
 */
function stack(): Stack {
  const resource = names.flatMap(name => {
    const path = (what: string): object => ({ metadata: { path: `shop-edge/${name}/${what}` } });
    const command = `echo ${name} >> log; if grep -qx ${name} broken; then echo 'berth-device: install ${name}: its file has another hash'; exit 3; fi`;
    return [
      [`${name}_Resource`, { '//': path('Resource'), input: { unit: name } }],
      [
        `${name}_Recipe`,
        {
          '//': path('Recipe'),
          triggers_replace: { recipe: '1' },
          depends_on: [`terraform_data.${name}_Resource`],
          provisioner: [{ 'local-exec': { command } }],
        },
      ],
    ] as const;
  });
  const json = {
    terraform: { backend: { local: { path: 'state.tfstate' } } },
    resource: { terraform_data: Object.fromEntries(resource) },
  };
  writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(json));
  writeFileSync(join(directory, 'log'), '');
  return { name: 'shop-edge', directory, dependencies: [], json };
}

function environment(): Environment {
  const port = (server.address() as AddressInfo).port;
  const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
  const devices = names.map((name, i) => {
    // One host answers for all of them, by a name of its own; one of them nobody answers for.
    const connection = { host: `127.0.0.${i + 1}`, port: name === 'till6' ? closed : port, hostKey };
    return [name, { site: `shop${i + 1}`, hardware: 'raspberry-pi-5-8gb', connection }] as const;
  });
  const input = {
    name: 'shop',
    devices: Object.fromEntries(devices),
    rollout: { canary: 1, wave: 4, failures: 1 },
    workloads: [{ name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } }],
  };
  return parseEnvironment(input, 'shop.yaml');
}

async function deployed(said: string[] = []): Promise<Rollout | undefined> {
  const rolling = { environment: environment(), stack: stack(), terraform, args: [], asks: false };
  return rollOutStack({ ...rolling, tell: line => said.push(line) });
}

it('ten devices get a change in waves, by the real Terraform, and a deploy again goes on with the rest', async () => {
  for (const name of names) process.env[`TF_VAR_${name}_host`] = '127.0.0.1';
  writeFileSync(join(directory, 'broken'), 'till3\n');
  await terraform.init(stack());
  const said: string[] = [];
  const first = await deployed(said);
  expect(said.map(line => line.replace(/127.0.0.1:\d+/, '<address>'))).toEqual([
    'shop-edge  till6 is left out: <address>: nothing listens there, so its SSH server does not run (ECONNREFUSED)',
    'shop-edge  wave 1 (canary): 1 of 1 devices changed: till1',
    'shop-edge  wave 2: 3 of 4 devices changed: till2, till4, till5',
    'shop-edge  till3 failed: berth-device: install till3: its file has another hash',
    'shop-edge  wave 3: 4 of 4 devices changed: till7, till8, till9, till10',
  ]);
  expect(first?.waves.flatMap(({ done }) => done)).toHaveLength(8);
  // Mended, both of them.
  writeFileSync(join(directory, 'broken'), '\n');
  process.env['TF_VAR_till6_port'] = String((server.address() as AddressInfo).port);
  const second = await deployed();
  expect(second?.waves.map(({ done }) => done)).toEqual([['till3'], ['till6']]);
  expect(second && isRolledOut(second)).toBe(true);
  expect(readFileSync(join(directory, 'log'), 'utf8')).toBe('till3\ntill6\n');
  expect(await deployed()).toBeUndefined();
  const { stdout } = spawnSync('terraform', ['plan', '-no-color'], { cwd: directory, encoding: 'utf8' });
  expect(stdout).toContain('No changes.');
});
