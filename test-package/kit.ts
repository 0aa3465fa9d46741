/** Body of a test of the kit in plain JavaScript; `App`, `terraform`, `kit` and `config` are what it imports. */
const body = `
const letter = app => {
  const stack = new cdktf.TerraformStack(app, 'letters');
  new cdktf.DataResource(stack, 'number', { input: { n: 1 } });
  return stack;
};

test('rehearses, and extends expectations', async () => {
  const result = await kit.rehearse(letter(new cdktf.App({ stackTraces: false, outdir: 'out' })));
  const { pass, message } = kit.terraformMatchers.toPlanResource(result, 'terraform_data', { input: { n: 1 } });
  assert.equal(pass, true, message());
  assert.deepEqual(result.findings, []);
}, 60000);

test('loads environments in YAML and in TypeScript', () => {
  assert.equal(config.loadEnvironment('shop.yaml').name, 'shop');
  assert.equal(config.loadEnvironment('shop.ts').name, 'shop');
});

test('decides', async () => {
  const environment = config.loadEnvironment('shop.yaml');
  const { placements } = await config.decide(environment, config.catalog, { asOf: '2026-11-24' });
  assert.deepEqual(placements.map(({ workload }) => workload), ['chat']);
});
`;

const modules = {
  assert: 'node:assert/strict',
  cdktf: 'cdktf',
  config: 'cdktf-berth/config',
  kit: 'cdktf-berth/testing',
};

/** The test in CommonJS. @param head what makes \`test\` known */
export const commonJs = (head = ''): string =>
  `${head}${Object.entries(modules)
    .map(([name, from]) => `const ${name} = require('${from}');\n`)
    .join('')}${body}`;

/** The test in ESM. @param head what makes \`test\` known */
export const esm = (head = ''): string =>
  `${head}${Object.entries(modules)
    .map(([name, from]) => `import * as ${name} from '${from}';\n`)
    .join('')}${body.replaceAll('assert.', 'assert.default.')}`;

/** Environments of the test, in each form that is read. */
export const environments = {
  'shop.yaml': `name: shop
azure:
  subscriptionId: 6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21
  locations: [swedencentral]
workloads:
  - name: chat
    task: chat
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 200 }
`,
  'shop.ts': `import { defineEnvironment } from 'cdktf-berth/config';

const requestsPerDay: number = 1000;

export default defineEnvironment({
  name: 'shop',
  azure: { subscriptionId: '6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21', locations: ['swedencentral'] },
  workloads: [{ name: 'chat', task: 'chat', traffic: { requestsPerDay, inputTokens: 500, outputTokens: 200 } }],
});
`,
};
