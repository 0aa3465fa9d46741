import { resolve } from 'node:path';
import ts from 'typescript';
import { declarationsOf, exampleOf, isDocumented, membersOf } from './public-api';
import type { PublicDeclaration } from './public-api';

const root = resolve(__dirname, '../..');
const entries = [
  'index',
  'config/index',
  'constructs/index',
  'constructs/aws/index',
  'testing/index',
  'stacks/aws',
];
const all = [...new Map(entries.flatMap(publicIn).map(each => [`${each.file} ${each.name}`, each])).values()];

function publicIn(entry: string): PublicDeclaration[] {
  return declarationsOf(resolve(root, `${entry}.ts`));
}

/** Names of members that interfaces say all about: a class that has them need not repeat it. */
const inherited = new Set(
  all.flatMap(({ node }) =>
    ts.isInterfaceDeclaration(node) ? node.members.flatMap(({ name }) => name?.getText() ?? []) : [],
  ),
);
/** What every error of Berth has. */
inherited.add('kind');

function undocumented({ name, node }: PublicDeclaration): string[] {
  const members = membersOf(node).filter(
    member =>
      member.name &&
      !isDocumented(member) &&
      !(ts.isClassDeclaration(node) && inherited.has(member.name.getText())),
  );
  return [
    ...(isDocumented(node) ? [] : [name]),
    ...members.map(member => `${name}.${member.name?.getText() ?? ''}`),
  ];
}

/** Classes that users make, in a construct tree. */
const constructs = all.filter(
  ({ node }) =>
    ts.isClassDeclaration(node) &&
    node.members.some(
      member =>
        ts.isConstructorDeclaration(member) &&
        member.parameters
          .slice(0, 2)
          .map(({ name }) => name.getText())
          .join() === 'scope,id',
    ),
);

/** What examples need that is no part of them. */
const surroundings = `
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IPrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import * as berth from '..';
import * as aws from '../constructs/aws';
declare const resourceGroup: berth.IResourceGroup;
declare const network: berth.IPrivateNetwork;
declare const logWorkspace: berth.ILogWorkspace;
declare const keyVault: berth.IKeyVault;
declare const identity: berth.IWorkloadIdentity;
declare const account: berth.IFoundryAccount;
declare const deployment: berth.IModelEndpoint;
declare const workspace: berth.IMachineLearningWorkspace;
declare const engine: berth.EngineSpec;
declare const models: readonly berth.ServedModelSpec[];
declare const vpc: IVpc;
declare const zone: IPrivateHostedZone;
declare const role: Role;
`;

/** What the compiler says of the examples, each in a class of its own as a reader would write it. */
function complaints(examples: readonly string[]): string[] {
  const file = resolve(root, 'test', 'examples-of-constructs.ts');
  const names = [...constructs.map(({ name }) => name), 'privateLinkZones'];
  const imports = names.map(name => `const { ${name} } = { ...berth, ...aws };`).join('\n');
  const bodies = examples.map(
    (code, i) => `export class Example${i} extends Construct { run() { ${code} } }`,
  );
  const text = [surroundings, imports, ...bodies].join('\n');
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(
      ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      root,
    ).options,
    noUnusedLocals: false,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = name => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText, start = 0 }) =>
      `${ts.flattenDiagnosticMessageText(messageText, ' ')}: ${text.slice(start, start + 60)}`,
  );
}

describe('the public API', () => {
  it('has a comment on all that users see', () => {
    expect(all.flatMap(undocumented)).toEqual([]);
  });

  it('has an example of each construct, which compiles', () => {
    expect(constructs.length).toBeGreaterThan(15);
    expect(constructs.filter(({ node }) => exampleOf(node) === undefined).map(({ name }) => name)).toEqual(
      [],
    );
    const wrong = "new ResourceGroup(this, 'Group', { nam: 'rg' });";
    const said = complaints([...constructs.map(({ node }) => exampleOf(node) ?? ''), wrong]);
    expect(said).toEqual([expect.stringContaining("'nam' does not exist in type 'ResourceGroupProps'")]);
  }, 600_000);
});
