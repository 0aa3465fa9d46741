import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** Something that users can import. */
export interface PublicDeclaration {
  readonly name: string;
  readonly file: string;
  readonly node: ts.Node;
}

const parsed = new Map<string, ts.SourceFile>();

function sourceOf(file: string): ts.SourceFile {
  const known =
    parsed.get(file) ?? ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  parsed.set(file, known);
  return known;
}

function fileOf(from: string, specifier: string): string | undefined {
  const target = resolve(dirname(from), specifier);
  return [`${target}.ts`, join(target, 'index.ts')].find(each => existsSync(each));
}

/** What an entry of the package exports, followed to where it is declared. */
export function declarationsOf(entry: string): PublicDeclaration[] {
  return sourceOf(entry).statements.flatMap((statement): PublicDeclaration[] => {
    if (ts.isExportDeclaration(statement)) return reexported(entry, statement);
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? declared(entry, statement) : [];
  });
}

function reexported(file: string, statement: ts.ExportDeclaration): PublicDeclaration[] {
  const { moduleSpecifier: from, exportClause: clause } = statement;
  const target = from && ts.isStringLiteral(from) ? fileOf(file, from.text) : undefined;
  if (target === undefined) return [];
  const all = declarationsOf(target);
  if (!clause || !ts.isNamedExports(clause)) return all;
  const names = clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  return all.filter(({ name }) => names.includes(name));
}

function declared(file: string, statement: ts.Statement): PublicDeclaration[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => ({
      name: name.getText(),
      file,
      node: statement,
    }));
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  return name ? [{ name: name.text, file, node: statement }] : [];
}

/** Whether a comment for people stands right before it. */
export function isDocumented(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);
}

/** Members that users see: of interfaces and object types all, of classes what is not private or protected. */
export function membersOf(node: ts.Node): (ts.TypeElement | ts.ClassElement)[] {
  if (ts.isInterfaceDeclaration(node)) return [...node.members];
  if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) return [...node.type.members];
  if (!ts.isClassDeclaration(node)) return [];
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return node.members.filter(
    member => (ts.getCombinedModifierFlags(member) & hidden) === 0 && !ts.isConstructorDeclaration(member),
  );
}

/** The code of an `@example`, if there is one. */
export function exampleOf(node: ts.Node): string | undefined {
  const [tag] = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'example');
  return tag && ts.getTextOfJSDocComment(tag.comment);
}
