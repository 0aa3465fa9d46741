import type { ArmSchema } from '../../../../rehearsal/providers/azapi/arm-schema';
import { armSchema, parseResourceType } from '../../../../rehearsal/providers/azapi/arm-schema';
import { bodyErrors } from '../../../../rehearsal/providers/azapi/body-errors';
import type { Value } from '../../../../rehearsal/protocol/value';
import { unknownValue } from '../../../../rehearsal/protocol/value';

const endpoint = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01';
const deploymentType = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2025-12-01';

function errorsOf(type: string, body: Value): readonly string[] {
  const parsed = parseResourceType(type);
  const schema = parsed && armSchema(parsed);
  if (!schema) throw new Error(`no schema for ${type}`);
  return bodyErrors(schema, body);
}

const deployment = (properties: Value, more = {}) => ({
  name: 'blue',
  location: 'westeurope',
  properties,
  ...more,
});

describe('ARM bodies', () => {
  it('pass when they follow the schema', () => {
    const properties = {
      endpointComputeType: 'Managed',
      instanceType: 'Standard_DS3_v2',
      model: unknownValue,
    };
    expect(
      errorsOf(deploymentType, deployment(properties, { sku: { name: 'Default', capacity: 1 } })),
    ).toEqual([]);
  });

  it('are refused for an unknown property, with the closest one', () => {
    const properties = { endpointComputeType: 'Managed', instanceTyp: 'x' };
    expect(errorsOf(deploymentType, deployment(properties))).toEqual([
      '`properties.instanceTyp` is not expected here. Do you mean `properties.instanceType`? ',
    ]);
  });

  it('are refused for the instanceCount of public samples, which the schema does not have', () => {
    const [message] = errorsOf(
      deploymentType,
      deployment({ endpointComputeType: 'Managed', instanceCount: 1 }),
    );
    expect(message).toContain('`properties.instanceCount` is not expected here');
  });

  it('are refused for a read-only property', () => {
    const properties = { endpointComputeType: 'Managed', provisioningState: 'Succeeded' };
    expect(errorsOf(deploymentType, deployment(properties))).toEqual([
      "`properties.provisioningState` is not expected here, it's read only",
    ]);
  });

  it('are refused for a missing property', () => {
    expect(errorsOf(endpoint, { name: 'chat', location: 'westeurope', properties: {} })).toEqual([
      '`properties.authMode` is required, but no definition was found',
    ]);
  });

  it('are refused for a value outside a closed list', () => {
    const body = deployment({ endpointComputeType: 'Managed' }, { sku: { name: 'Default', tier: 'Gold' } });
    expect(errorsOf(deploymentType, body)).toEqual([
      "`sku.tier`'s value `Gold` is invalid. The supported values are [Free, Basic, Standard, Premium]. Do you mean `Free`? ",
    ]);
  });

  it('are refused for a discriminator that is missing or unknown', () => {
    expect(errorsOf(deploymentType, deployment({}))).toEqual([
      '`properties.endpointComputeType` is required, but no definition was found',
    ]);
    expect(errorsOf(deploymentType, deployment({ endpointComputeType: 'Magic' }))[0]).toContain(
      '[Kubernetes, Managed]',
    );
  });

  it('are refused for a name that breaks its pattern', () => {
    const policy = 'Microsoft.CognitiveServices/accounts/raiPolicies@2025-12-01';
    expect(errorsOf(policy, { name: '-strict', properties: {} })).toEqual([
      '`name` is invalid, string does not match pattern ^[a-zA-Z0-9][a-zA-Z0-9_.-]*$',
    ]);
  });

  it.each<readonly [string, ArmSchema, Value, string]>([
    ['text where a number is due', { type: 'integer' }, 'x', '`` is invalid, expect `int` but got `string`'],
    [
      'a number out of range',
      { type: 'integer', minimum: 0, maximum: 5 },
      6,
      '`` is invalid, expect a value from 0 to 5, got 6',
    ],
    ['a list where text is due', { type: 'string' }, [], '`` is invalid, expect `string` but got `array`'],
    [
      'too many items',
      { type: 'array', maxItems: 1 },
      [1, 2],
      '`` is invalid, expect at most 1 items, got 2',
    ],
    [
      'text that is too short',
      { type: 'string', minLength: 2 },
      'a',
      '`` is invalid, expect string length to be at least 2, got 1',
    ],
  ])('are refused for %s', (_, schema, value, message) => {
    expect(bodyErrors(schema, value)).toEqual([message]);
  });
});
