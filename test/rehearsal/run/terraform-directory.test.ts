import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { namedProviders } from '../../../rehearsal/run/provider-use';
import { Rehearsal } from '../../../rehearsal/run/rehearsal';
import type { RehearsalOptions } from '../../../rehearsal/run/rehearsal-options';
import { readTerraformDirectory } from '../../../rehearsal/run/terraform-directory';
import { installShopBindings } from './shop-bindings';
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

it('comes with the modules that lie beside it or are installed, and theirs, and providers by their installed bindings', async () => {
  const root = mkdtempSync(join(tmpdir(), 'berth-modules-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  installShopBindings(root, 'acme/shop', '2.3.0');
  const shop =
    'terraform {\n  required_providers {\n    shop = {\n      source  = "acme/shop"\n      version = "~> 2.0"\n    }\n  }\n}\n';
  write('live/main.tf', `${shop}module "outer" {\n  source = "../modules/outer"\n}\n`);
  write('live/more.tf', 'module "bought" {\n  source  = "acme/till/shop"\n  version = "~> 1.2"\n}\n');
  const bought = 'registry.terraform.io/acme/till/shop';
  const modules = [
    { Key: '', Source: '', Dir: '.' },
    { Key: 'bought', Source: bought, Version: '1.2.3', Dir: '.terraform/modules/bought' },
  ];
  write('live/.terraform/modules/modules.json', JSON.stringify({ Modules: modules }));
  write('live/.terraform/modules/bought/main.tf', 'resource "terraform_data" "till" {}\n');
  write('modules/outer/main.tf', `${shop}module "inner" {\n  source = "../inner"\n}\n`);
  write(
    'modules/inner/main.tf',
    `${shop.replace('~> 2.0', '>= 3.0')}resource "shop_user" "u" {
  name                = "u"
  location            = "here"
  resource_group_name = "g"
}
data "shop_user" "u" {
  name                = shop_user.u.name
  resource_group_name = "g"
}
resource "terraform_data" "t" {
  input = data.shop_user.u.client_id
}
`,
  );
  write('not-needed/main.tf', 'resource "terraform_data" "t" {}\n');
  const rehearsal = await Rehearsal.open(join(root, 'live'));
  try {
    const [stack] = await rehearsal.deploy();
    expect(stack?.diagnostics).toEqual([]);
    expect(stack?.resources?.map(({ address }) => address)).toEqual([
      'module.bought.terraform_data.till',
      'module.outer.module.inner.shop_user.u',
      'module.outer.module.inner.terraform_data.t',
    ]);
    expect(await rehearsal.plan()).toMatchObject([{ ok: true, changes: [] }]);
    const { deployed = [] } = rehearsal.state('live');
    const attributes = deployed.find(({ type }) => type === 'shop_user')?.attributes ?? {};
    expect(attributes['client_id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[45]/);
    expect(namedProviders(rehearsal.stacks, join(root, 'live'))).toEqual({
      simulated: ['acme/shop'],
      real: [],
    });
    expect(rehearsal.versionFindings).toEqual([
      'stack live asks for acme/shop >= 3.0, and the rehearsal simulates 2.3.0: attributes and replacements may differ',
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
