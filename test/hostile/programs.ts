import { parse } from 'yaml';

/**
 * What machines run, in a synthesised file of Terraform or CloudFormation: the parts of their first boot data, and lines of
 * shell. Of files that are data only the keys are told, because their values may say anything.
 */
export function programsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(programsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'custom_data') return firstBootOf(Buffer.from(String(each), 'base64').toString());
    if (key === 'Fn::Base64') return firstBootOf(String(each));
    if (key === 'script') return programsOfScript(String(each));
    if (key === 'runCommand') return programsOfScript((each as readonly string[]).join('\n'));
    if (key === 'inline') return (each as readonly unknown[]).map(String);
    return programsIn(each);
  });
}

/** Its own lines, and each of the files that it holds. */
function programsOfScript(text: string): string[] {
  const files: string[] = [];
  const own = text.replace(
    /^cat >"\$next\/(\S+)" <<'(\w+)'\n([^]*?)^\2$/gm,
    (_, path: string, __, content: string) => {
      files.push(JSON.stringify({ path, content: programOf(path, content) }));
      return `file ${path}`;
    },
  );
  // Another recipe has another digest.
  return [own.replace(/^digest=[0-9a-f]{12}$/m, 'digest'), ...files];
}

interface FirstBoot {
  readonly write_files?: readonly { readonly path: string; readonly content: string }[];
}

/** As cloud-init understands it, so that a text that ends its own YAML is seen. */
function firstBootOf(text: string): string[] {
  const { write_files: files = [], ...rest } = parse(text) as FirstBoot;
  return [
    text.split('\n', 1)[0] ?? '',
    JSON.stringify(rest),
    ...files.map(({ content, ...file }) =>
      JSON.stringify({ ...file, content: programOf(file.path, content) }),
    ),
  ];
}

function programOf(path: string, content: string): unknown {
  return path.endsWith('.json') ? keysOf(JSON.parse(content)) : content;
}

/** The keys of data, and the kinds of its values. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keysOf(each)]));
}

/** Programs that are none of our own. A text of letters, digits, dots, underscores and hyphens is a name, which is nothing to run. */
export function foreignPrograms(found: readonly string[], own: ReadonlySet<string>, text: string): string[] {
  return /^[A-Za-z0-9._-]+$/.test(text) ? [] : found.filter(program => !own.has(program));
}
