import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTerraform } from '../../../rehearsal/terraform/binary';

const howToGet =
  'install Terraform 1.9 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.6 or later ' +
  '(https://opentofu.org/docs/intro/install/), or name one that is not on the PATH in TERRAFORM_BINARY_NAME';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-binary-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function fake(name: string, answer: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\necho '${answer}'\necho 'on linux_amd64'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('the Terraform of a rehearsal', () => {
  it('is terraform on the PATH', async () => {
    const path = fake('terraform', 'Terraform v1.9.0');
    fake('tofu', 'OpenTofu v1.10.2');
    expect(await findTerraform({ PATH: directory })).toEqual({
      product: 'Terraform',
      path,
      version: '1.9.0',
    });
  });

  it('is OpenTofu where there is no terraform', async () => {
    const path = fake('tofu', 'OpenTofu v1.10.2');
    expect(await findTerraform({ PATH: `:${directory}` })).toEqual({
      product: 'OpenTofu',
      path,
      version: '1.10.2',
    });
  });

  it('is the one that TERRAFORM_BINARY_NAME names, by name or by path', async () => {
    fake('terraform', 'Terraform v1.11.4');
    const path = fake('terraform-beta', 'Terraform v1.12.0-beta1');
    const expected = { product: 'Terraform', path, version: '1.12.0-beta1' };
    expect(await findTerraform({ PATH: directory, TERRAFORM_BINARY_NAME: 'terraform-beta' })).toEqual(
      expected,
    );
    expect(await findTerraform({ PATH: '', TERRAFORM_BINARY_NAME: path })).toEqual(expected);
  });

  it('is refused when it is missing, with how to get it', async () => {
    mkdirSync(join(directory, 'terraform'));
    await expect(findTerraform({ PATH: directory })).rejects.toThrow(
      `neither terraform nor tofu is on the PATH; ${howToGet}`,
    );
  });

  it('is refused when TERRAFORM_BINARY_NAME names nothing that runs', async () => {
    fake('terraform', 'Terraform v1.11.4');
    await expect(findTerraform({ PATH: directory, TERRAFORM_BINARY_NAME: 'terraform-1.9' })).rejects.toThrow(
      `TERRAFORM_BINARY_NAME names "terraform-1.9", which is not an executable file; ${howToGet}`,
    );
  });

  it.each([
    ['terraform', 'Terraform v1.8.5', 'Terraform 1.8.5', '1.9.0'],
    ['tofu', 'OpenTofu v1.5.9', 'OpenTofu 1.5.9', '1.6.0'],
  ])('is refused when it is too old: %s, %s', async (name, answer, said, needed) => {
    const path = fake(name, answer);
    await expect(findTerraform({ PATH: directory })).rejects.toThrow(
      `${said} at ${path} is too old for a rehearsal, which needs ${needed} or later; ${howToGet}`,
    );
  });

  it('is refused when it is something else of that name', async () => {
    const path = fake('terraform', 'terraform, a game of land and water');
    await expect(findTerraform({ PATH: directory })).rejects.toThrow(
      `${path} version did not answer as Terraform or OpenTofu do, but "terraform, a game of land and water"; ${howToGet}`,
    );
  });

  it('is given up when it does not answer, with all that it has started', async () => {
    const path = join(directory, 'terraform');
    const marker = `61.${process.pid}`;
    writeFileSync(path, `#!/bin/sh\nsleep ${marker}\n`);
    chmodSync(path, 0o755);
    await expect(findTerraform({ PATH: `${directory}:/usr/bin:/bin` }, 300)).rejects.toThrow(
      `${path} version did not answer within 0.3 seconds: run it by hand to see what it waits for; ${howToGet}`,
    );
    expect(execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })).not.toContain(`sleep ${marker}`);
  });
});
