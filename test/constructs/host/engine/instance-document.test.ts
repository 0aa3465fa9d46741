import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { renderInstanceDocument, renderMachineRecipe } from '../../../../constructs/host/engine';
import { compressedRecipeScript, recipeScript } from '../../../../constructs/host/engine/scripts';
import { recipeBytesOf, recipeDocumentLimit, recipeRoom } from '../../../../limits/host';
import { chat, engine, recipe } from '../recipe';

const secrets = {
  apiKey: 'berth/support/api-key',
  tls: 'berth/support/tls',
  certificate: 'berth/support/certificate',
};
const spec = { recipe, secrets, region: 'eu-north-1', first: true, shared: false };

interface Document {
  readonly mainSteps: readonly [{ readonly inputs: { readonly runCommand: readonly string[] } }];
}
const programOf = (content: object): string =>
  (content as Document).mainSteps[0].inputs.runCommand.join('\n');

describe('the document of a recipe', () => {
  const { content, digest } = renderInstanceDocument(spec);

  it('holds no secret, and nothing that the Systems Manager would put something else for but the address of what waits', () => {
    const text = JSON.stringify(content);
    expect(text).not.toMatch(/PRIVATE KEY-----[^.]|Bearer [0-9a-f]{16}|AKIA[0-9A-Z]{16}/);
    expect(text).not.toContain(process.cwd());
    expect(text.match(/\{\{[^}]*\}\}/g)).toEqual(['{{ Signal }}']);
    expect(text).not.toMatch(/\{\{(?! Signal \}\}')/);
  });

  it('is another one where anything in it is, and the same in another region', () => {
    const others = [
      { ...spec, first: false },
      { ...spec, shared: true },
      { ...spec, recipe: { ...recipe, models: [{ ...chat, contextTokens: 4096 }] } },
    ].map(each => renderInstanceDocument(each).digest);
    expect(new Set([digest, ...others]).size).toBe(4);
    expect(renderInstanceDocument({ ...spec, region: 'us-east-1' }).digest).toBe(digest);
  });

  it('is at most what a placement on EC2 reckons with', () => {
    const unit = `dev-${'h'.repeat(36)}`;
    const models = Array.from({ length: 16 }, (_, i) => ({
      ...chat,
      model: `m${i}${'o'.repeat(30)}`,
      cacheRamMib: 8192,
      pooling: 'mean' as const,
    }));
    const long = {
      unit,
      address: `${unit}.environment1-1a2b3.berth.internal`,
      engine: { ...engine, accelerator: 'cuda' as const },
      models,
    };
    const names = {
      apiKey: `berth/${unit}/api-key`,
      tls: `berth/${unit}/tls`,
      certificate: `berth/${unit}/certificate`,
    };
    const document = renderInstanceDocument({
      ...spec,
      recipe: long,
      secrets: names,
      region: 'ap-southeast-2',
    });
    const reckoned =
      recipeDocumentLimit -
      recipeRoom('aws', engine) +
      models.reduce((sum, { model, weights }) => sum + recipeBytesOf(model, weights), 0);
    const size = Buffer.byteLength(JSON.stringify(document.content));
    expect(size).toBeLessThanOrEqual(reckoned);
    expect(recipeRoom('azure', engine)).toBe(Infinity);
  });

  it('is refused where the Systems Manager would not take it', () => {
    const far = { ...chat.weights, url: `https://example.com/${'x'.repeat(2000)}.gguf` };
    const models = Array.from({ length: 16 }, (_, i) => ({ ...chat, model: `model-${i}`, weights: far }));
    expect(() => renderInstanceDocument({ ...spec, recipe: { ...recipe, models } })).toThrow(
      /^invalid props of support:\n {2}- the document of its recipe must be at most 65536 bytes, not \d+: serve fewer models on this host or shorten their addresses$/,
    );
  });
});

it('the script of a recipe is what its compressed copy holds: after a change run gzip -9 -n -k -f berth-recipe.sh', () => {
  expect(gunzipSync(Buffer.from(compressedRecipeScript(), 'base64')).toString('utf8')).toBe(recipeScript());
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0 ? it : it.skip;
shellcheck('scripts please shellcheck (skipped where it is not installed)', () => {
  const azure = { cloud: 'azure', vaultUri: 'https://kv-dev.vault.azure.net/' } as const;
  const { script } = renderMachineRecipe({ recipe, secrets, store: azure, first: true });
  const device = readFileSync(join(__dirname, '../../../../constructs/host/engine/berth-recipe.sh'));
  const found = [device, script, programOf(renderInstanceDocument(spec).content)].map(
    // What is called where something failed is named by a variable, which shellcheck does not follow.
    input => spawnSync('shellcheck', ['--exclude=SC2317', '-'], { encoding: 'utf8', input }).stdout,
  );
  expect(found).toEqual(['', '', '']);
});
