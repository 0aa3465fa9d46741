import { extname } from 'node:path';
import { readText } from '../config/read-file';
import { parseHcl } from '../rehearsal/terraform/hcl';
import { UsageError } from './usage-error';

/** Values of Terraform variables as `--var` and `--var-file` give them. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * What the flags give; `--var` wins over files, and the last one over those before it.
 * @param files in Terraform's syntax, or in JSON where their names end so
 * @param texts `name=value`; a list or an object is written as in Terraform
 * @throws UsageError with all that is wrong at once
 */
export async function givenVariables(files: readonly string[], texts: readonly string[]): Promise<Variables> {
  const wrong: string[] = [];
  const read = async (what: string, name: string, text: string): Promise<Variables> => {
    try {
      return await parsed(name, text);
    } catch (failure) {
      const reason = (failure instanceof Error ? failure.message : String(failure)).split('\n')[0] ?? '';
      wrong.push(`${what}: values of Terraform variables are allowed, got an error: ${reason}`);
      return {};
    }
  };
  const given: Variables[] = [];
  for (const file of files) given.push(await read(`--var-file ${file}`, file, readText(file)));
  for (const text of texts) {
    const [, name, value = ''] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) wrong.push(`--var: name=value is allowed, got '${text}'`);
    // What is no list and no object is text, which Terraform makes a number or a truth value of where one is wanted.
    else if (/^\s*[[{]/.test(value))
      given.push(await read(`--var ${name}`, 'var.tfvars', `${name} = ${value}`));
    else given.push({ [name]: value });
  }
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return Object.assign({}, ...given) as Variables;
}

async function parsed(name: string, text: string): Promise<Variables> {
  return extname(name) === '.json' ? (JSON.parse(text) as Variables) : parseHcl(name, text);
}
