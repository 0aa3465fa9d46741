import { resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../..');

/** Where users import constructs from. */
const entries = {
  'cdktf-berth/constructs': 'constructs/index.ts',
  'cdktf-berth/aws': 'constructs/aws/index.ts',
};

/** Names of pages with their texts: one for each construct, and the list of them. */
export function constructPages(): Map<string, string> {
  const files = Object.values(entries).map(entry => resolve(root, entry));
  const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(files, options);
  const pages = new Map<string, string>();
  const list = Object.entries(entries).map(([from, entry]) => {
    const source = program.getSourceFile(resolve(root, entry));
    const constructs = source ? constructsOf(source, from, program.getTypeChecker()) : [];
    for (const each of constructs) pages.set(each.file, each.page());
    return [`## Of \`${from}\``, constructs.map(({ line }) => line).join('\n')].join('\n\n');
  });
  return pages.set('README.md', `${[head, ...list].join('\n\n')}\n`);
}

const head = `# A page a construct

Each has an example, what it takes and what it gives. The pages are made of the comments in the code (\`npm run construct-pages\`); a test compares
them, and compiles their examples. What is there already is named with \`fromAttributes\`. An optional prop says its default.`;

function constructsOf(source: ts.SourceFile, from: string, checker: ts.TypeChecker): ConstructPage[] {
  const module = checker.getSymbolAtLocation(source);
  return (module ? checker.getExportsOfModule(module) : [])
    .map(symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .flatMap(symbol => {
      const node = symbol.valueDeclaration;
      if (!node || !ts.isClassDeclaration(node)) return [];
      const made = node.members.find(ts.isConstructorDeclaration);
      const names = made?.parameters.map(({ name }) => name.getText()).slice(0, 2);
      return names?.join() === 'scope,id' ? [new ConstructPage(symbol, node, from, checker)] : [];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

class ConstructPage {
  readonly name: string;
  readonly file: string;
  private readonly shown = new Set<ts.Symbol>();

  constructor(
    private readonly symbol: ts.Symbol,
    private readonly node: ts.ClassDeclaration,
    private readonly from: string,
    private readonly checker: ts.TypeChecker,
  ) {
    this.name = symbol.getName();
    this.file = `${this.name.replace(/(?<=[a-z0-9])[A-Z]/g, letter => `-${letter}`).toLowerCase()}.md`;
  }

  get line(): string {
    const [first = ''] = this.sayingOf(this.symbol).split(/(?<=[a-z)`])[.:;] /);
    return `- [\`${this.name}\`](${this.file}): ${first.replace(/\.$/, '')}.`;
  }

  page(): string {
    const example = this.symbol.getJsDocTags(this.checker).find(({ name }) => name === 'example');
    const code = ts.displayPartsToString(example?.text).trim();
    const takes = this.node.members.find(ts.isConstructorDeclaration)?.parameters[2];
    const imports = this.node.members
      .filter(ts.isMethodDeclaration)
      .find(({ name }) => name.getText() === 'fromAttributes');
    return [
      `# ${this.name}`,
      this.sayingOf(this.symbol),
      `\`\`\`ts\n${code}\n\`\`\``,
      `Of \`${this.from}\`. What \`new ${this.name}(scope, id, props)\` takes:`,
      ...(takes ? this.taken(takes) : []),
      ...(imports ? this.imported(imports) : []),
      ...this.given(),
      '[All constructs](README.md)\n',
    ].join('\n\n');
  }

  private imported(made: ts.MethodDeclaration): string[] {
    const [, , attributes] = made.parameters;
    const said = ts.displayPartsToString(
      this.checker.getSymbolAtLocation(made.name)?.getDocumentationComment(this.checker),
    );
    return [
      '## What is there already',
      `\`${this.name}.fromAttributes(scope, id, attributes)\`: ${flat(said)}`,
      ...(attributes ? this.taken(attributes) : []),
    ];
  }

  /** A table of what a parameter takes, and one for each object in it that this page does not have yet. */
  private taken(parameter: ts.ParameterDeclaration): string[] {
    const type = this.checker.getTypeAtLocation(parameter);
    return [this.table(this.checker.getPropertiesOfType(type)), ...this.partsOf(type)];
  }

  private partsOf(type: ts.Type): string[] {
    return this.checker.getPropertiesOfType(type).flatMap(property => {
      const part = this.objectIn(this.checker.getTypeOfSymbol(property));
      const symbol = part?.aliasSymbol ?? part?.symbol;
      if (!part || !symbol || this.shown.has(symbol)) return [];
      this.shown.add(symbol);
      const said = this.sayingOf(symbol);
      return [
        `### \`${symbol.getName()}\``,
        ...(said === '' ? [] : [said]),
        this.table(this.checker.getPropertiesOfType(part)),
        ...this.partsOf(part),
      ];
    });
  }

  /** The object of Berth's own that a value is or has, which is no construct: those have pages of their own. */
  private objectIn(type: ts.Type): ts.Type | undefined {
    const bare = this.checker.getNonNullableType(type);
    const item = this.checker.isArrayType(bare)
      ? this.checker.getTypeArguments(bare as ts.TypeReference)[0]
      : bare;
    const declared = item?.symbol?.declarations?.[0];
    if (!item || !declared || !ts.isInterfaceDeclaration(declared) || !isOwn(declared)) return undefined;
    return /^I[A-Z]/.test(declared.name.text) ? undefined : item;
  }

  private given(): string[] {
    const type = this.checker.getDeclaredTypeOfSymbol(this.symbol);
    const members = this.checker.getPropertiesOfType(type).filter(member => {
      const declared = member.valueDeclaration;
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      if (!declared || !isOwn(declared) || (ts.getCombinedModifierFlags(declared) & hidden) !== 0)
        return false;
      return this.sayingOf(member) !== '';
    });
    return members.length === 0 ? [] : ['## What it gives', this.table(members, '')];
  }

  private table(members: readonly ts.Symbol[], needed = ', required'): string {
    const rows = members.map(member => {
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      const type = this.checker.getTypeOfSymbol(member);
      const text = this.checker.typeToString(
        isOptional ? this.checker.getNonNullableType(type) : type,
        undefined,
        ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType,
      );
      const name = `\`${member.getName()}\`${isOptional ? '' : needed}`;
      return `| ${name} | \`${text.replaceAll('|', '\\|')}\` | ${this.sayingOf(member).replaceAll('|', '\\|')} |`;
    });
    return ['| name | type | what it says |', '| --- | --- | --- |', ...rows].join('\n');
  }

  /** The comment, with its default and what it throws, on one line. */
  private sayingOf(symbol: ts.Symbol): string {
    const said = flat(ts.displayPartsToString(symbol.getDocumentationComment(this.checker)));
    const tags = symbol.getJsDocTags(this.checker).flatMap(({ name, text }) => {
      const told = flat(ts.displayPartsToString(text));
      if (name === 'default') return [`Default: ${told.replace(/^- /, '')}.`];
      return name === 'throws' ? [`Throws: ${told.replace(/\.$/, '')}.`] : [];
    });
    return [said === '' ? '' : said.replace(/(?<![.:])$/, '.'), ...tags]
      .filter(part => part !== '')
      .join(' ');
  }
}

function flat(text: string): string {
  return text
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether Berth declares it, and no package that it uses. */
function isOwn(node: ts.Node): boolean {
  return !node.getSourceFile().fileName.includes('node_modules');
}
