import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Rehearsal } from '../../../rehearsal/run/rehearsal';
import type { RehearsalOptions } from '../../../rehearsal/run/rehearsal-options';
import { readTerraformDirectory } from '../../../rehearsal/run/terraform-directory';
import { Unrehearsable } from '../../../rehearsal/run/unrehearsable';

describe('a directory of Terraform files', () => {
  it('is known by its blocks, in HCL and JSON', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-directory-'));
    try {
      writeFileSync(
        join(directory, 'main.tf'),
        `terraform {
  backend "azurerm" {}
}
variable "shop_host" {}
resource "azurerm_subnet" "a" {
  name = "a"
}
resource "azurerm_subnet" "b" {}
data "azurerm_virtual_network" "net" { name = "net" }
`,
      );
      writeFileSync(join(directory, 'more.tf.json'), '{"resource":{"azurerm_subnet":{"c":{"name":"c"}}}}');
      expect(await readTerraformDirectory(directory)).toEqual({
        terraform: { backend: { azurerm: {} } },
        variable: { shop_host: {} },
        resource: { azurerm_subnet: { a: { name: 'a' }, b: {}, c: { name: 'c' } } },
        data: { azurerm_virtual_network: { net: { name: 'net' } } },
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('names the file that is no Terraform', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-directory-'));
    try {
      writeFileSync(join(directory, 'main.tf'), 'resource "a" {');
      await expect(readTerraformDirectory(directory)).rejects.toThrow(`${join(directory, 'main.tf')}: `);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

it('comes with the modules that lie beside it, and theirs', async () => {
  const root = mkdtempSync(join(tmpdir(), 'berth-modules-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('live/main.tf', 'module "outer" {\n  source = "../modules/outer"\n}\n');
  write('modules/outer/main.tf', 'module "inner" {\n  source = "../inner"\n}\n');
  write('modules/inner/main.tf', 'resource "terraform_data" "t" {\n  input = "there"\n}\n');
  write('not-needed/main.tf', 'resource "terraform_data" "t" {}\n');
  const rehearsal = await Rehearsal.open(join(root, 'live'));
  try {
    const [stack] = await rehearsal.deploy();
    expect(stack?.resources?.map(({ address }) => address)).toEqual([
      'module.outer.module.inner.terraform_data.t',
    ]);
  } finally {
    await rehearsal.close();
    rmSync(root, { recursive: true });
  }
});

describe('what would leave a rehearsal', () => {
  const opening = (files: Readonly<Record<string, string>>, options: RehearsalOptions = {}) => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-directory-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return Rehearsal.open(directory, options).finally(() => rmSync(directory, { recursive: true }));
  };

  it('is refused before anything starts, all of it at once', async () => {
    const failure = await opening({
      'main.tf': `
resource "terraform_data" "t" {
  provisioner "local-exec" { command = "touch ran" }
}
data "external" "e" { program = ["true"] }
data "terraform_remote_state" "net" {
  backend = "azurerm"
  config  = { key = "net.tfstate" }
}`,
    }).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(Unrehearsable);
    expect(
      String(failure)
        .replace(/stack berth-directory-\w+/g, 'stack x')
        .split('\n'),
    ).toEqual([
      expect.stringContaining(
        'stack x: terraform_data.t runs a program on this machine (provisioner local-exec); a rehearsal runs none: leave it out, or allow it with --allow-programs (allowPrograms)',
      ),
      'stack x: data.external.e runs a program on this machine; a rehearsal runs none: leave it out, or allow it with --allow-programs (allowPrograms)',
      'stack x: data.terraform_remote_state.net reads a state from where it lies, which a rehearsal does not reach; put its values into variables, or rehearse the stacks together as a cdktf app',
    ]);
  });

  it('runs where the caller allows it', async () => {
    const main = 'resource "terraform_data" "t" {\n  provisioner "local-exec" { command = "true" }\n}\n';
    const rehearsal = await opening({ 'main.tf': main }, { allowPrograms: true });
    try {
      expect((await rehearsal.deploy()).map(({ ok }) => ok)).toEqual([true]);
    } finally {
      await rehearsal.close();
    }
  });
});
