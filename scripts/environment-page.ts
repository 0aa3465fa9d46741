// Writes docs/environment.md from the schema of environments: npm run schema.
import { environmentReference } from '../test/docs/environment-reference';
import { environmentJsonSchema } from '../config/json-schema';
import { writeFileSync } from 'node:fs';
writeFileSync(
  'docs/environment.md',
  `# Every key of an environment

An environment is a file in \`config/environments\`: YAML, JSON, or TypeScript that exports the same as its default (\`defineEnvironment\` of \`cdktf-berth/config\`
types it). \`name\` and \`workloads\` are required, and everything else has a default. An unknown key is an error with file, line and column, which names the closest
known one. Editors complete and check by the same schema, \`dist/config/environment.schema.json\` of the package, or \`npx berth schema\`.

This page is made of that schema, and a test compares the two. A path such as \`devices.<name>\` is of each key below \`devices\`; \`workloads[]\` is of each
item. [\`dev.yaml\`](../config/environments/dev.yaml) has an example of nearly everything.

${environmentReference(environmentJsonSchema())}`,
);
