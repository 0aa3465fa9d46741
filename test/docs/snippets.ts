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
