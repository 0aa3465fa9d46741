import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { AzapiResource, AzapiResourceAction, AzapiUpdateResource } from '../../../constructs/azapi';
import { armTypeFiles, armTypes } from '../../../tools/arm-types/write';
import { resourceText } from '../../../tools/arm-types/type-text';

const parentId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev';
const deployment = 'Microsoft.CognitiveServices/accounts/managedComputeDeployments@2026-05-15-preview';
const endpoint = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01';
const model = 'Microsoft.MachineLearningServices/workspaces/models/versions@2025-12-01';
const vault = 'Microsoft.KeyVault/vaults@2026-02-01';

/** A text without what a formatter adds and takes away. */
function bare(text: string): string {
  return text
    .replace(/[\s()]/g, '')
    .replace(/([:<=&])\|/g, '$1')
    .replace(/[,;](?=[>}])/g, '');
}

describe('types of azapi bodies', () => {
  it('are those that follow from the schemas: npm run arm-types writes them', () => {
    const written = readdirSync(armTypes);
    const expected = armTypeFiles();
    expect(written.sort()).toEqual([...expected.keys()].sort());
    for (const [name, text] of expected)
      expect(bare(readFileSync(join(armTypes, name), 'utf8'))).toBe(bare(text));
  });

  it('leave out what is read-only, ask for what is required, and know what may be a token', () => {
    expect(
      resourceText({
        properties: {
          name: { type: 'string' },
          id: { type: 'string', readOnly: true },
          location: { type: 'string' },
          properties: {
            type: 'object',
            required: ['mode'],
            properties: {
              mode: { enum: ['on', 'off'] },
              size: { knownValues: ['small'] },
              state: { type: 'string', readOnly: true },
              count: { type: 'integer' },
              "it's": { type: 'array', items: { type: 'string' } },
              tags: { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
            },
            oneOf: {
              A: { type: 'object', required: ['kind'], properties: { kind: { const: 'A' } } },
              B: { type: 'object', required: ['kind'], properties: { kind: { const: 'B' } } },
            },
          },
        },
        required: ['name', 'properties', 'location'],
      }),
    ).toBe(
      "{ readonly location?: string; readonly properties: ({ readonly mode: Value<'on' | 'off'>; readonly size?: Known<'small'>; " +
        "readonly count?: Value<number>; readonly 'it\\'s'?: readonly (string)[]; readonly tags?: Readonly<Record<string, string>>; } & " +
        "({ readonly kind: 'A'; } | { readonly kind: 'B'; })); }",
    );
  });

  /** What does not compile is not run: each line below has to be an error, or the type check of the project fails. */
  it('refuse a wrong property when they are compiled', () => {
    const stack = new TerraformStack(new App({ stackTraces: false }), 'typed');
    const at = { parentId, name: 'qwen' };
    const asset = 'azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3';
    const made = [
      new AzapiResource(stack, 'Good', { ...at, type: deployment, body: { properties: { model: asset } } }),
      // @ts-expect-error a misspelt property
      new AzapiResource(stack, 'Typo', { ...at, type: deployment, body: { properties: { modell: asset } } }),
      // @ts-expect-error a required property is missing
      new AzapiResource(stack, 'Missing', { ...at, type: deployment, body: { properties: {} } }),
      new AzapiResource(stack, 'ReadOnly', {
        ...at,
        type: deployment,
        // @ts-expect-error a property that only Azure says
        body: { properties: { model: asset, totalAccelerators: 2 } },
      }),
      new AzapiResource(stack, 'Kind', {
        ...at,
        type: deployment,
        // @ts-expect-error a property of another kind
        body: { sku: { name: 'GlobalManagedCompute', capacity: 'two' }, properties: { model: asset } },
      }),
      new AzapiUpdateResource(stack, 'Enum', {
        type: vault,
        resourceId: parentId,
        // @ts-expect-error a value that the type does not have
        body: { properties: { sku: { name: 'gold' } } },
      }),
      new AzapiUpdateResource(stack, 'Part', {
        type: endpoint,
        resourceId: parentId,
        body: { properties: { traffic: { blue: 100 } } },
      }),
      new AzapiUpdateResource(stack, 'PartTypo', {
        type: endpoint,
        resourceId: parentId,
        // @ts-expect-error a misspelt property of a part
        body: { properties: { trafic: {} } },
      }),
      new AzapiResourceAction(stack, 'Put', {
        type: endpoint,
        resourceId: parentId,
        method: 'PUT',
        // @ts-expect-error a misspelt property of what is put
        body: { locations: 'x' },
      }),
      new AzapiResourceAction(stack, 'Action', {
        type: endpoint,
        resourceId: parentId,
        action: 'regenerateKeys',
        body: { keyType: 'Primary' },
      }),
      new AzapiResource(stack, 'Model', {
        ...at,
        type: model,
        body: {
          properties: { modelType: 'mlflow_model', modelUri: 'azureml://…', tags: { sha256: 'd52d…' } },
        },
      }),
      new AzapiResource(stack, 'ModelState', {
        ...at,
        type: model,
        // @ts-expect-error a property that only Azure says
        body: { properties: { provisioningState: 'Succeeded' } },
      }),
      new AzapiResource(stack, 'Untyped', {
        ...at,
        type: 'Microsoft.Web/sites@2024-04-01',
        body: { any: 1 },
      }),
    ];
    expect(made).toHaveLength(13);
  });
});
