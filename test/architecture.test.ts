import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

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
  bench: [...pure, 'stacks', 'rehearsal', 'testing', 'bin'],
  examples: [],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
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

  it('the decision knows no framework', () => {
    expect(
      imports.filter(
        i =>
          [...pure, 'text', 'limits'].some(room => i.file.startsWith(`${room}${sep}`)) &&
          /^(cdktf|@cdktf|aws-cdk-lib|constructs)(\/|$)/.test(i.specifier),
      ),
    ).toEqual([]);
  });

  it('only constructs/aws and the aws stack know aws-cdk-lib, and those do not know cdktf', () => {
    const isAws = (file: string): boolean =>
      file.startsWith(join('constructs', 'aws')) || file.startsWith(join('stacks', 'aws'));
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
