/** The content of Terraform's own syntax, by kind of block or name of attribute. */
export type Blocks = Readonly<Record<string, unknown>>;

/**
 * Reads HCL. The parser is a megabyte of WebAssembly, loaded when there is HCL to read.
 * @param name of the file, for errors
 * @throws Error saying what is no HCL
 */
export async function parseHcl(name: string, text: string): Promise<Blocks> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a dynamic import fails in jest's CommonJS
  const { parse } = require('@cdktn/hcl2json') as typeof import('@cdktn/hcl2json');
  return (await parse(name, text)) as Blocks;
}
