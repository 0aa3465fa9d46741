import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { idTemplates } from '../../rehearsal/azure/id-templates';
import { synthesiseEnvironments } from '../../stacks';

/** What azurerm registers for `resource_provider_registrations = "core"` (internal/resourceproviders/required.go, 4.x). */
const core = [
  'Microsoft.Authorization',
  'Microsoft.Compute',
  'Microsoft.CostManagement',
  'Microsoft.ManagedIdentity',
  'Microsoft.MarketplaceOrdering',
  'Microsoft.Network',
  'Microsoft.Resources',
  'Microsoft.Storage',
];

const delivery = readFileSync('docs/delivery.md', 'utf8');

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Synthesised {
  readonly resource?: Resources;
  readonly provider?: {
    readonly azurerm?: readonly [{ readonly resource_providers_to_register: readonly string[] }];
  };
}

/** Resource providers, in lower case, to which the resources of a stack belong. */
function namespacesOf(resources: Resources): readonly string[] {
  const found = Object.entries(resources).flatMap(([type, byId]) =>
    type.startsWith('azapi_')
      ? Object.values(byId).map(({ type: armType }) => String(armType).split('/')[0])
      : idTemplates(type).map(template => /\/providers\/([\w.]+)\//.exec(template)?.[1]),
  );
  return [...new Set(found.flatMap(name => (name ? [name.toLowerCase()] : [])))];
}

describe.each(['dev', 'prod'])('%s', environment => {
  let outdir: string;
  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'providers-'));
    synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment });
  });
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  it('registers every resource provider that a new subscription needs for its resources', () => {
    const folder = join(outdir, 'stacks');
    const stacks = readdirSync(folder).map(
      name => JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8')) as Synthesised,
    );
    const unregistered = stacks.flatMap(({ resource = {}, provider }) => {
      const registered = [...core, ...(provider?.azurerm?.[0].resource_providers_to_register ?? [])];
      const known = new Set(registered.map(name => name.toLowerCase()));
      return namespacesOf(resource).filter(name => !known.has(name));
    });
    expect(unregistered).toEqual([]);
    expect(stacks.flatMap(({ resource = {} }) => namespacesOf(resource))).toContain('microsoft.keyvault');
    const named = stacks.flatMap(
      ({ provider }) => provider?.azurerm?.[0].resource_providers_to_register ?? [],
    );
    expect(named.filter(name => !delivery.includes(`\`${name}\``))).toEqual([]);
  });

  it('assigns only roles that docs/delivery.md lets a pipeline assign, and makes none beside that of callers', () => {
    const folder = join(outdir, 'stacks');
    const resources = readdirSync(folder).map(
      name =>
        (JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8')) as Synthesised).resource ?? {},
    );
    const ofType = (type: string) => resources.flatMap(each => Object.values(each[type] ?? {}));
    const names = ofType('azurerm_role_assignment').flatMap(each => each.role_definition_name ?? []);
    expect(names).toContain('Cognitive Services OpenAI User');
    const rows = new Set([...delivery.matchAll(/^\| `([^`]+)` +\| /gm)].map(([, role]) => role));
    expect(names.filter(name => !rows.has(String(name)))).toEqual([]);
    const made = ofType('azurerm_role_definition').map(({ name }) => String(name).replace(/\(.*/, ''));
    expect(made.filter(name => name !== 'Berth endpoint caller ')).toEqual([]);
  });
});
