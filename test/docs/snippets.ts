import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ts from 'typescript';

/** A fenced block of a Markdown page: ```` ```<language> <file or not-run> ````. */
export interface Snippet {
  readonly language: string;
  /** Name of the file that a reader would write it into. @default - none */
  readonly file?: string;
  /** Whether the page says that it cannot be run here. */
  readonly notRun: boolean;
  readonly code: string;
  /** Line of the page at which it starts, from 1. */
  readonly line: number;
}

const root = resolve(__dirname, '..', '..');

/** The fenced blocks of a page, in order. */
export function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```(\w+)(?: ([^\n]+))?\n(.*?)^```$/gms)].map(match => {
    const [, language = '', word, code = ''] = match;
    const notRun = word === 'not-run';
    const line = markdown.slice(0, match.index).split('\n').length;
    return { language, notRun, code, line, ...(word === undefined || notRun ? {} : { file: word }) };
  });
}

/** The snippet of a file. @throws Error when the page has none, or several */
export function snippetOf(snippets: readonly Snippet[], file: string): Snippet {
  const found = snippets.filter(snippet => snippet.file === file);
  if (found.length !== 1) throw new Error(`the page has ${found.length} snippets ${file}, not 1`);
  return found[0] as Snippet;
}

/** Writes the snippets that name a file. @returns paths of those in TypeScript */
export function writeSnippets(snippets: readonly Snippet[], directory: string): string[] {
  const named = snippets.flatMap(({ file, code }) => (file === undefined ? [] : [{ file, code }]));
  for (const { file } of named) snippetOf(snippets, file);
  for (const { file, code } of named) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), code);
  }
  return named.map(({ file }) => join(directory, file)).filter(path => path.endsWith('.ts'));
}

/** What the compiler says of files, with the options of the project. */
export function typeErrors(files: readonly string[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => fail(messageText) },
  );
  const program = ts.createProgram([...files], config?.options ?? {});
  return files.flatMap(file => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const { line = 0 } = source?.getLineAndCharacterOfPosition(start) ?? {};
        const text = ts.flattenDiagnosticMessageText(messageText, '\n');
        return `${relative(root, file)}:${line + 1}: ${text}`;
      },
    );
  });
}

function fail(message: string | ts.DiagnosticMessageChain): never {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'));
}

/**
 * Runs the `npx berth` lines of a shell snippet with the sources of this project.
 * @returns what each one printed
 * @throws Error when a line is another command, or one ends with another status than 0
 */
export function runBerthLines({ code }: Snippet, directory: string): string[] {
  const tsx = pathToFileURL(require.resolve('tsx')).href;
  return code
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const args = /^npx berth (.+)$/.exec(line)?.[1]?.split(' ');
      if (!args) throw new Error(`not a line that can be run here: ${line}`);
      return execFileSync(process.execPath, ['--import', tsx, join(root, 'bin', 'berth.ts'), ...args], {
        cwd: directory,
        encoding: 'utf8',
        env: { ...process.env, CI: '' },
      });
    });
}
