import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { environmentJsonSchema, environmentJsonSchemaText } from '../../config';
import { devInput } from './dev-input';

// Formats are what the pattern beside them says; strict mode would ask for a package of their checks.
const validate = new Ajv({ validateFormats: false }).compile(environmentJsonSchema());

describe('the JSON Schema of environments', () => {
  it('is the one that is committed', () => {
    const file = resolve(__dirname, '../../config/environment.schema.json');
    expect(readFileSync(file, 'utf8')).toBe(environmentJsonSchemaText());
  });

  it('accepts the shipped dev environment', () => {
    expect(validate(devInput())).toBe(true);
  });

  it('accepts what defaults fill in, because it describes what is written', () => {
    const workload = { name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } };
    expect(validate({ name: 'dev', workloads: [workload] })).toBe(true);
  });

  it.each([
    ['an unknown key', (input: ReturnType<typeof devInput>) => (input.budjet = {})],
    [
      'negative traffic',
      (input: ReturnType<typeof devInput>) => (input.workloads[0].traffic.requestsPerDay = -1),
    ],
    ['an unknown task', (input: ReturnType<typeof devInput>) => (input.workloads[0].task = 'chatt')],
  ])('refuses %s', (_what, change) => {
    expect(validate(devInput(change))).toBe(false);
  });

  it('describes every key of a workload, for completion', () => {
    const schema = JSON.parse(environmentJsonSchemaText());
    const described = Object.entries<{ description?: string }>(schema.properties.workloads.items.properties);
    expect(described.filter(([, { description }]) => description === undefined).map(([key]) => key)).toEqual(
      [],
    );
  });
});
