import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTerraformDirectory } from '../../../rehearsal/run/terraform-directory';

describe('a directory of Terraform files', () => {
  it('is known by the heads of its blocks, in HCL and JSON', () => {
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
      expect(readTerraformDirectory(directory)).toEqual({
        terraform: { backend: { azurerm: {} } },
        variable: { shop_host: {} },
        resource: { azurerm_subnet: { a: {}, b: {}, c: { name: 'c' } } },
        data: { azurerm_virtual_network: { net: {} } },
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
