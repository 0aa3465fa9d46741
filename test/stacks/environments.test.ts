import { App as AwsApp } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'cdktf';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addAwsHosts } from '../../stacks/aws';
import { synthesiseEnvironments } from '../../stacks';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-environments-'));
  synthesiseEnvironments(new App({ outdir: directory, stackTraces: false }));
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Synthesised {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly name?: unknown }>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

function text(stack: string): string {
  return readFileSync(join(directory, 'stacks', stack, 'cdk.tf.json'), 'utf8');
}

function synthesised(stack: string): Synthesised {
  return JSON.parse(text(stack)) as Synthesised;
}

/**
 * What a reviewer wants to see change: every resource by its address, with the name that Azure shows. A GUID that
 * Terraform computes is no name for people.
 */
function inventory(stack: string): string[] {
  const shown = (name: unknown): string =>
    typeof name === 'string' && !name.startsWith('${uuidv5(') ? ` (${withoutDigest(name)})` : '';
  return Object.entries(synthesised(stack).resource ?? {})
    .flatMap(([type, resources]) =>
      Object.entries(resources).map(([id, { name }]) => `${type}.${id}${shown(name)}`),
    )
    .sort();
}

/** A digest of what a script says changes with each edit of it. */
const withoutDigest = (name: string): string => name.replace(/^(berth-recipe-)[0-9a-f]{12}$/, '$1…');

const stacks = ['local', 'dev', 'prod'].flatMap(environment =>
  ['platform', 'hosted', 'catalog', 'hosts', 'edge'].map(role => `${environment}-${role}`),
);

describe('the stacks of the environments', () => {
  it('are all five of each, empty ones too: a stack that vanishes keeps its machines running', () => {
    expect(readdirSync(join(directory, 'stacks')).sort()).toEqual([...stacks].sort());
  });

  it.each(stacks)('%s holds these resources', stack => {
    expect(inventory(stack)).toMatchSnapshot();
  });

  it.each(stacks)('%s names no directory of this machine and holds no secret', stack => {
    const written = text(stack);
    for (const path of [resolve('.'), homedir(), directory]) expect(written).not.toContain(`${path}/`);
    expect(written).not.toMatch(
      /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----|"(admin_password|password|client_secret|access_key)"\s*:/,
    );
  });

  it('tell the model directory as an output and as a file', () => {
    const file = JSON.parse(readFileSync(join(directory, 'dev.models.json'), 'utf8')) as object;
    const outputs = ['hosted', 'catalog', 'hosts', 'edge'].map(
      role => synthesised(`dev-${role}`).output?.models?.value as object,
    );
    expect(Object.assign({}, ...outputs)).toEqual(file);
    expect(Object.keys(file)).toEqual([
      'contract-summaries',
      'intent-classifier',
      'product-images',
      'search-embeddings',
      'store-assistant',
      'support-chat',
    ]);
  });
});

describe('the CloudFormation stack of prod', () => {
  it('holds these resources', () => {
    const app = new AwsApp();
    addAwsHosts(app);
    const [stack] = app.synth().stacks;
    const { Resources } = Template.fromJSON(stack?.template as Record<string, unknown>).toJSON();
    const counts = Object.values(Resources as Record<string, { Type: string }>).reduce<
      Record<string, number>
    >((all, { Type }) => ({ ...all, [Type]: (all[Type] ?? 0) + 1 }), {});
    expect(stack?.stackName).toBe('prod-hosts-aws');
    expect(counts).toMatchSnapshot();
  });
});
