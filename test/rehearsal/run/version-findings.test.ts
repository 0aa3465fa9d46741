import { versionFindings } from '../../../rehearsal/run/version-findings';
import type { Stack } from '../../../rehearsal/run/stack';

const rehearsed = { 'hashicorp/azurerm': '4.55.0', 'azure/azapi': '2.12.0' };

const stack = (source: string, version: string): Stack => ({
  name: 'shop',
  directory: '/shop',
  dependencies: [],
  json: { terraform: { required_providers: { own: { source, version } } } },
});

it.each([
  ['4.55.0', []],
  ['= 4.55.0', []],
  ['~> 4.2', []],
  ['~> 4.55.0', []],
  ['>= 4.0, < 5.0', []],
  ['!= 4.54.0', []],
  ['~> 3.100', ['3.100']],
  ['~>3.100', ['3.100']],
  ['~> 4.54.0', ['4.54.0']],
  ['>= 5.2', ['5.2']],
  ['>= 4.60, < 5.0', ['4.60']],
  ['!= 4.55.0', ['4.55.0']],
])('azurerm %s against a rehearsed 4.55.0', (version, named) => {
  const findings = versionFindings([stack('registry.terraform.io/hashicorp/azurerm', version)], rehearsed);
  expect(findings).toEqual(
    named.map(
      () =>
        `stack shop asks for hashicorp/azurerm ${version}, and the rehearsal simulates 4.55.0: attributes and replacements may differ`,
    ),
  );
});

it('reads azapi too, and no provider that is not simulated', () => {
  expect(versionFindings([stack('Azure/azapi', '~> 1.13')], rehearsed)).toEqual([
    'stack shop asks for azure/azapi ~> 1.13, and the rehearsal simulates 2.12.0: attributes and replacements may differ',
  ]);
  expect(
    versionFindings([stack('Azure/azapi', '~> 2.4'), stack('hashicorp/random', '~> 9')], rehearsed),
  ).toEqual([]);
});

it('reads a name without a namespace, which cdktf writes, as one of hashicorp', () => {
  expect(versionFindings([stack('azurerm', '~> 3.100')], rehearsed)).toEqual([
    'stack shop asks for hashicorp/azurerm ~> 3.100, and the rehearsal simulates 4.55.0: attributes and replacements may differ',
  ]);
});
