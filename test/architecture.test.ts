import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '..');
const pure = ['config', 'catalog', 'sizing', 'placement', 'lock', 'report'] as const;
const rooms = [
  ...pure,
  'text',
  'limits',
  'bin',
  'constructs',
  'stacks',
  'rehearsal',
  'testing',
  'bench',
  'tools',
  'examples',
] as const;
type Room = (typeof rooms)[number] | 'root';

const everybodys: readonly Room[] = ['text', 'limits'];

/** Which rooms a room may import from, besides itself, `text` and `limits`. */
const allowed: Record<Room, readonly Room[]> = {
  root: ['stacks', 'config', 'constructs', 'testing'],
  bin: [...pure, 'stacks', 'rehearsal', 'testing'],
  stacks: ['config', 'catalog', 'constructs'],
  config: pure,
  catalog: ['config'],
  sizing: ['catalog', 'config', 'placement'],
  placement: ['config', 'catalog', 'sizing'],
  lock: ['config', 'catalog', 'placement'],
  report: pure,
  constructs: [],
  text: [],
  limits: [],
  rehearsal: [],
  testing: ['rehearsal'],
  bench: [...pure, 'constructs', 'stacks', 'rehearsal', 'testing', 'bin', 'tools'],
  tools: ['catalog', 'sizing'],
  examples: [],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sources(directory: string): string[] {
  return allIn(directory).filter(file => !file.endsWith('.test.ts'));
}

function allIn(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes(`${sep}node_modules${sep}`));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import|require\()\s*['"]([^'"\n]+)['"]/g)].map(
    match => match[1] as string,
  );
  return specifiers.map(specifier => ({ file: relative(root, file), specifier }));
}

function roomOf(path: string): Room {
  const first = relative(root, path).split(sep)[0] as Room;
  return (rooms as readonly string[]).includes(first) ? first : 'root';
}

/** The files of the repository that a file imports; of types too, which nothing but the eye reads. */
function importedFiles(file: string): string[] {
  return importsOf(file).flatMap(({ specifier }) => {
    if (!specifier.startsWith('.')) return [];
    const target = resolve(dirname(file), specifier);
    return [`${target}.ts`, join(target, 'index.ts')].filter(each => existsSync(each)).slice(0, 1);
  });
}

/** Circles that imports make, each from the file where it was met first. */
function circlesAmong(paths: readonly string[], importsFrom: (path: string) => readonly string[]): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of importsFrom(path)) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of paths) walk(path, []);
  return circles;
}

/** Names that a file exports, and what it takes from which other file; `*` is all of it. */
function namesIn(file: string): { exported: string[]; taken: { from: string; name: string }[] } {
  const exported: string[] = [];
  const taken: { from: string; name: string }[] = [];
  const take = (specifier: string, names: readonly string[]): void => {
    const from = fileNamed(file, specifier);
    if (from !== undefined) taken.push(...names.map(name => ({ from, name })));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'require') {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) take(argument.text, ['*']);
    }
    if (ts.isImportTypeNode(node)) take(node.argument.getText().slice(1, -1), ['*']);
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  for (const statement of source.statements) {
    if (
      (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
      statement.moduleSpecifier
    ) {
      const clause = ts.isImportDeclaration(statement)
        ? statement.importClause?.namedBindings
        : statement.exportClause;
      const names =
        clause && (ts.isNamedImports(clause) || ts.isNamedExports(clause))
          ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
          : ['*'];
      take(statement.moduleSpecifier.getText().slice(1, -1), names);
      if (ts.isExportDeclaration(statement)) exported.push(...names.filter(name => name !== '*'));
    } else if (/^export /.test(statement.getText())) exported.push(...namesDeclaredBy(statement));
  }
  visit(source);
  return { exported, taken };
}

function namesDeclaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  return name ? [name.text] : [];
}

function fileNamed(from: string, specifier: string): string | undefined {
  const own = { '': 'index.ts', '/aws': join('stacks', 'aws.ts') }[specifier.replace(/^cdktf-berth/, '')];
  if (own !== undefined) return join(root, own);
  const target = specifier.startsWith('cdktf-berth/')
    ? join(root, specifier.slice('cdktf-berth/'.length))
    : resolve(dirname(from), specifier);
  return [`${target}.ts`, join(target, 'index.ts')].find(each => existsSync(each));
}

/** What users import, and what is run. */
const entries = [
  ...['index.ts', 'main.ts', 'aws.ts'],
  ...['config', 'constructs', 'constructs/aws', 'testing', 'stacks'].map(room => join(room, 'index.ts')),
  join('stacks', 'aws.ts'),
].map(file => join(root, file));

/** Classes of bindings, and those of cdktf that hold templates, of which an instance is made from a bare object. */
function elementsWithoutLiterals(text: string): string[] {
  const imported = [
    ...text.matchAll(/import \{([^}]*)\} from '(?:@cdktf\/provider-azurerm\/[^']*|cdktf)'/g),
  ].flatMap(([, names = '']) => names.split(',').map(name => name.trim().replace(/^.* as /, '')));
  const templated = imported.filter(
    name => !['App', 'LocalBackend', 'AzurermBackend', 'TerraformVariable'].includes(name),
  );
  return templated.filter(name =>
    [...text.matchAll(new RegExp(`new ${name}\\((?:[^,]*,){2}\\s*(\\w*)|new ${name}\\(`, 'g'))].some(
      ([, argument]) => argument !== 'literals',
    ),
  );
}

const files = rooms.flatMap(room => sources(room));
const imports = files.flatMap(importsOf);

describe('the import directions', () => {
  it('reads every room', () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set(rooms));
  });

  it.each(rooms)('%s imports only the rooms it may', room => {
    const wrong = imports.filter(({ file, specifier }) => {
      const from = join(root, file);
      if (roomOf(from) !== room || !specifier.startsWith('.')) return false;
      const target = roomOf(resolve(dirname(from), specifier));
      return target !== room && !everybodys.includes(target) && !allowed[room].includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('make no circle, of types neither, in sources or tests', () => {
    const everywhere = [...rooms, 'scripts', 'test', 'test-package'].flatMap(room => allIn(room));
    const roots = ['index.ts', 'main.ts', 'aws.ts'].map(file => join(root, file));
    const circles = circlesAmong([...everywhere, ...roots], importedFiles);
    expect(circles.map(circle => circle.replaceAll(`${root}${sep}`, ''))).toEqual([]);
  });

  it('are searched for circles that lead back through others', () => {
    const graph: Readonly<Record<string, readonly string[]>> = { a: ['b'], b: ['c', 'd'], c: ['a'], d: [] };
    expect(circlesAmong(Object.keys(graph), path => graph[path] ?? [])).toEqual(['a → b → c → a']);
  });

  it('use all that files export beside what users import', () => {
    const everywhere = [...entries, ...[...rooms, 'scripts', 'test', 'test-package'].flatMap(allIn)];
    const names = new Map([...new Set(everywhere)].map(file => [file, namesIn(file)]));
    const taken = new Set(
      [...names.values()].flatMap(each => each.taken.map(({ from, name }) => `${from} ${name}`)),
    );
    const unused = files
      .filter(file => !entries.includes(file) && !taken.has(`${file} *`))
      .flatMap(file =>
        (names.get(file)?.exported ?? [])
          .filter(name => !taken.has(`${file} ${name}`))
          .map(name => `${relative(root, file)}: ${name}`),
      );
    expect(unused).toEqual([]);
  });

  it('the decision knows no framework', () => {
    expect(
      imports.filter(
        i =>
          [...pure, 'text', 'limits'].some(room => i.file.startsWith(`${room}${sep}`)) &&
          /^(cdktf|@cdktf|aws-cdk-lib|constructs)(\/|$)/.test(i.specifier),
      ),
    ).toEqual([]);
  });

  it('only constructs/aws, the aws stack and its example know aws-cdk-lib, and those do not know cdktf', () => {
    const isAws = (file: string): boolean =>
      ['constructs', 'stacks', 'examples'].some(room => file.startsWith(join(room, 'aws')));
    expect(imports.filter(i => /^aws-cdk-lib(\/|$)/.test(i.specifier) && !isAws(i.file))).toEqual([]);
    expect(imports.filter(i => /^(cdktf|@cdktf)(\/|$)/.test(i.specifier) && isAws(i.file))).toEqual([]);
  });

  it('nothing imports the root of the bindings, which costs seconds of start-up', () => {
    expect(imports.filter(i => i.specifier === '@cdktf/provider-azurerm')).toEqual([]);
  });

  it('every element of Terraform gets its configuration as literals', () => {
    const wrong = files
      .filter(file => ['constructs', 'stacks'].includes(roomOf(file)))
      .flatMap(file =>
        elementsWithoutLiterals(readFileSync(file, 'utf8')).map(name => `${relative(root, file)}: ${name}`),
      );
    // The data source takes no configuration.
    expect(wrong).toEqual([`${join('constructs', 'security', 'key-vault.ts')}: DataAzurermClientConfig`]);
  });

  it('examples reach Berth only through its public entries', () => {
    expect(
      imports.filter(i => i.file.startsWith(`examples${sep}`) && i.specifier.startsWith('../..')),
    ).toEqual([]);
  });
});
