import type { AzureOpenAI } from 'openai';
import type { Account } from './account';
import { withoutData } from './account';
import type { TrainingFile } from './training-file';
import { TuneError } from './tune-error';

/** Files that an account is looked through for one that it has already. */
const mostListed = 1000;

/** Waits before the next look, in seconds. */
export type Wait = (seconds: number) => Promise<void>;

/**
 * Id of a file in the account that was checked there, uploaded unless the account has it: its name is its hash.
 * @param tell told what is done, never what is in the file
 * @throws {TuneError} when the account refuses the file
 */
export async function uploaded(
  account: Account,
  file: TrainingFile,
  wait: Wait,
  tell: (line: string) => void,
): Promise<string> {
  const name = `${file.sha256}.jsonl`;
  const there = await account.ask(`${file.path}: looking for it`, client => findFile(client, name));
  if (there !== undefined) tell(`${file.path}: the account has it already, as ${there}`);
  const id = there ?? (await account.ask(`${file.path}: uploading it`, client => upload(client, file, name)));
  if (there === undefined) tell(`${file.path}: uploaded ${file.examples} examples as ${id}`);
  await checkedThere(account, file, id, wait);
  return id;
}

async function findFile(client: AzureOpenAI, name: string): Promise<string | undefined> {
  let looked = 0;
  for await (const each of client.files.list({ purpose: 'fine-tune' })) {
    if (each.filename === name && !isRefused(each.status)) return each.id;
    looked += 1;
    if (looked >= mostListed) return undefined;
  }
  return undefined;
}

async function upload(client: AzureOpenAI, { text }: TrainingFile, name: string): Promise<string> {
  // Microsoft asks for a byte-order mark.
  const file = new File([`\ufeff${text}`], name, { type: 'application/jsonl' });
  return (await client.files.create({ file, purpose: 'fine-tune' })).id;
}

/** Azure has states beside those of OpenAI: a file is pending, then running. */
function isRefused(status: string): boolean {
  return status === 'error' || status === 'failed' || status === 'deleted' || status === 'deleting';
}

async function checkedThere(account: Account, file: TrainingFile, id: string, wait: Wait): Promise<void> {
  for (;;) {
    const each = await account.ask(`${file.path}: asking for ${id}`, client => client.files.retrieve(id));
    const status: string = each.status;
    if (status === 'processed' || status === 'succeeded') return;
    if (isRefused(status)) {
      const why = withoutData(each.status_details ?? 'it does not say why');
      throw new TuneError(`${file.path}: the account refuses it as ${id} (${why}); correct it`);
    }
    await wait(2);
  }
}
