import { Project, printed } from './project';

describe('plain JavaScript', () => {
  it.each([
    [
      'CommonJS',
      'app.cjs',
      "const { App, TerraformStack } = require('cdktf');\nconst { FoundryAccount } = require('cdktf-berth/constructs');",
    ],
    [
      'ESM',
      'app.mjs',
      "import { App, TerraformStack } from 'cdktf';\nimport { FoundryAccount } from 'cdktf-berth/constructs';",
    ],
  ])('is told in %s which prop is missing, and of which construct', (_, file, imports) => {
    const project = new Project({
      [file]: `${imports}
const stack = new TerraformStack(new App(), 'shop');
new FoundryAccount(stack, 'account', { name: 'aif-shop', resourceGroup: 5 });
`,
    });
    const run = project.run(`node ${file}`);
    expect(run.status).toBe(1);
    expect(printed(run)).toContain(`InvalidProps: invalid props of shop/account:
  - resourceGroup must be an object, not 5: correct it
  - network is missing: give it an object
  - logWorkspace is missing: give it an object
`);
  });
});
