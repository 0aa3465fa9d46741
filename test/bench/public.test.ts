import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reportPublic } from '../../bench/public';
import { exampleFolders } from '../../bench/public/example-folders';
import { kindOf } from '../../bench/public/kind';
import { madeUpValues } from '../../bench/public/made-up-values';

const directory = mkdtempSync(join(tmpdir(), 'berth-public-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

write('101-name/main.tf', 'variable "owner" {}\noutput "greeting" { value = "for ${var.owner}" }\n');
write('101-name/part/main.tf', 'output "part" { value = 1 }\n');
write('102-calls/main.tf', 'module "part" { source = "../101-name/part" }\n');
write(
  '103-runs/main.tf',
  'resource "terraform_data" "it" {\n provisioner "local-exec" { command = "id" }\n}\n',
);
write(
  '104-asks/main.tf',
  'terraform {\n required_providers {\n azapi = {\n source = "Azure/azapi"\n version = "~> 1.5"\n}\n}\n}\n',
);
const app = { name: 'app', workingDirectory: 'stacks/app', synthesizedStackPath: 'stacks/app/cdk.tf.json' };
write('105-app/manifest.json', JSON.stringify({ stacks: { app: { ...app, dependencies: [] } } }));
write('105-app/stacks/app/cdk.tf.json', JSON.stringify({ output: { part: { value: 1 } } }));
write('readme.md', '# examples\n');

it('takes each directory that somebody would deploy for an example, an app’s output too, and no module of another', async () => {
  const found = await exampleFolders(directory);
  expect(found.map(({ name }) => name)).toEqual(['101-name', '102-calls', '103-runs', '104-asks', '105-app']);
});

it('counts what passes and says by kind why the others do not', async () => {
  const told: string[] = [];
  const report = await reportPublic(directory, { every: 1 }, line => told.push(line));
  expect(told).toEqual([
    'passes  101-name',
    'passes  102-calls',
    expect.stringMatching(/^fails {3}103-runs: .* runs a program on this machine/),
    'passes  104-asks',
    'passes  105-app',
  ]);
  expect(report.replaceAll(directory, 'DIR').split('\n').slice(1)).toEqual([
    '4 of 5 examples pass (80.0 %)',
    '1 of them asks for another version of a provider than the one rehearsed, which is said, and is the only finding',
    '1 × stack 103-runs: <address> runs a program on this machine (provisioner local-exec); a rehearsal runs none: leave it out, or allow it with --allow-programs (allowPrograms)',
    '      103-runs: stack 103-runs: terraform_data.it runs a program on this machine (provisioner local-exec); a rehearsal runs none: leave it out, or allow it with --allow-programs (allowPrograms)',
  ]);
}, 60_000);

it('gives a variable without a default a value by its name and type', () => {
  const variable = {
    subscription_id: {},
    location: { type: '${string}' },
    nodes: { type: '${number}' },
    private: { type: '${bool}' },
    zones: { type: '${list(string)}' },
    tags: { type: '${map(string)}' },
    size: { default: 'Standard_B2s' },
    name: {},
  };
  expect(madeUpValues({ variable })).toEqual({
    subscription_id: '6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21',
    location: 'westeurope',
    nodes: 1,
    private: false,
    zones: [],
    tags: {},
    name: 'trial',
  });
});

it.each([
  [
    'deploy of a: azurerm_subnet.one: no "x" in /subscriptions/1/resourceGroups/r',
    'deploy of b: module.net.azurerm_subnet.two[0]: no "y" in /subscriptions/2/resourceGroups/s',
  ],
  ['second plan of a: azurerm_subnet.a would update', 'second plan of b: azurerm_lb.b would update'],
])('takes %j and %j for one kind', (one, another) => {
  expect(kindOf(one)).toBe(kindOf(another));
});
