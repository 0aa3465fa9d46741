import fc from 'fast-check';
import { portOf, recipeProblems, renderManifest } from '../../../../constructs/host/engine';
import type { RecipeSpec } from '../../../../constructs/host/engine';
import { parseManifest } from '../../../../rehearsal/device/manifest';
import { chat, embeddings, engine, recipe } from '../recipe';

const withModel = (change: object): RecipeSpec => ({ ...recipe, models: [{ ...chat, ...change }] });
const withWeights = (change: object) => withModel({ weights: { ...chat.weights, ...change } });

describe('the manifest of a unit', () => {
  it('names engine and models, one key a line', () => {
    expect(
      JSON.parse(renderManifest({ ...recipe, models: [embeddings], uploaded: true, port: 9000 })),
    ).toEqual({
      protocol: 1,
      unit: 'support',
      address: 'support.dev-1a2b3.berth.internal',
      port: 9000,
      engine: { version: 'b6900', url: engine.url, sha256: engine.sha256 },
      models: [
        {
          model: 'bge-m3',
          file: `${'b'.repeat(64)}.gguf`,
          url: 'https://example.com/bge-m3.Q8_0.gguf',
          sha256: 'b'.repeat(64),
          contextTokens: 512,
          parallel: 16,
          api: 'embeddings',
        },
      ],
      uploaded: true,
    });
    expect(renderManifest(recipe).split('\n')).toContain('      "model": "bge-m3",');
  });

  it('is one that the rehearsed device accepts', () => {
    expect(parseManifest(renderManifest(recipe)).models.map(({ model }) => model)).toEqual([
      'phi-4-mini-instruct',
      'bge-m3',
    ]);
  });

  it('refuses every problem at once', () => {
    const broken = { ...recipe, unit: 'Support_', port: 80, models: [{ ...chat, parallel: 0 }] };
    expect(() => renderManifest(broken)).toThrow(
      [
        'invalid props of Support_:',
        '  - name must be 1 to 40 lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen, not "Support_": choose one that fits',
        '  - port must be a whole number from 1024 to 55000, not 80: choose a number inside the limits',
        '  - models[0].parallel must be a whole number from 1 to 256, not 0: choose a number inside the limits',
      ].join('\n'),
    );
  });
});

describe('a recipe', () => {
  it.each<[string, RecipeSpec]>([
    ['the longest name', { ...recipe, unit: 'a'.repeat(40) }],
    ['the shortest name', { ...recipe, unit: 'a' }],
    ['the lowest port', { ...recipe, port: 1024 }],
    ['the highest port', { ...recipe, port: 55_000 }],
    ['an IPv4 address', { ...recipe, address: '10.0.0.9' }],
    ['the most sequences', withModel({ parallel: 256 })],
    ['the longest model name', withModel({ model: 'm'.repeat(63) })],
    [
      'sixteen models',
      { ...recipe, models: Array.from({ length: 16 }, (_, i) => ({ ...chat, model: `m${i}` })) },
    ],
    ['a comma and a percent sign in an address', withWeights({ url: 'https://example.com/a%20b,c.gguf' })],
  ])('takes %s', (_, spec) => {
    expect(recipeProblems(spec)).toEqual([]);
  });

  const hashes = 'supply url and sha256 of a file that you verified; hashes are never invented';
  it.each<[RecipeSpec, string]>([
    [withWeights({ sha256: null }), `models[0].weights has no sha256: ${hashes}`],
    [withWeights({ url: null, sha256: null }), `models[0].weights has no url and no sha256: ${hashes}`],
    [{ ...recipe, engine: { ...engine, sha256: null } }, `engine has no sha256: ${hashes}`],
    [
      withWeights({ sha256: 'A'.repeat(64) }),
      `models[0].weights.sha256 must be the 64 lower-case hexadecimal digits of a SHA-256, not "${'A'.repeat(64)}": choose one that fits`,
    ],
    [
      withWeights({ url: 'http://example.com/a.gguf' }),
      'models[0].weights.url must be an https address in the characters of a URL, not "http://example.com/a.gguf": encode others as %XX',
    ],
    [
      withWeights({ url: 'https://me:secret@example.com/a.gguf' }),
      'models[0].weights.url must hold no credentials, got user info, because machines get it in plain text: host the file where the machine may read it without',
    ],
    [
      withWeights({ url: 'https://example.com/a.gguf?sv=1&sig=secret' }),
      'models[0].weights.url must hold no credentials, got the query key sig, because machines get it in plain text: host the file where the machine may read it without',
    ],
    [
      withWeights({ url: 'https://example.com/a.safetensors' }),
      'models[0].weights.url must name a .gguf file, not "/a.safetensors": choose such a file',
    ],
    [
      { ...recipe, engine: { ...engine, url: 'https://example.com/a.zip' } },
      'engine.url must name a .tar.gz file, not "/a.zip": choose such a file',
    ],
    [
      { ...recipe, models: [] },
      'the number of models must be a whole number from 1 to 16, not 0: choose a number inside the limits',
    ],
    [
      { ...recipe, models: [chat, chat] },
      'models must differ, but phi-4-mini-instruct is there twice: serve it once',
    ],
    [
      { ...recipe, port: 55_001 },
      'port must be a whole number from 1024 to 55000, not 55001: choose a number inside the limits',
    ],
    [
      { ...recipe, address: 'host name' },
      'address must be a host name or an IPv4 address, not "host name": choose one that fits',
    ],
  ])('refuses %#', (spec, problem) => {
    expect(recipeProblems(spec)).toEqual([problem]);
  });

  it('lets no text through that a shell, a unit file or the manifest would read otherwise', () => {
    const hostile = fc.stringMatching(/["'`$\\;&|<>(){}\n\r\t ]/);
    const places: ((text: string) => RecipeSpec)[] = [
      text => ({ ...recipe, unit: `a${text}` }),
      text => ({ ...recipe, address: `a${text}` }),
      text => ({ ...recipe, engine: { ...engine, version: `b${text}` } }),
      text => withModel({ model: `m${text}` }),
      text => withWeights({ sha256: `${'a'.repeat(63)}${text}` }),
    ];
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom(...places),
        (text, place) => recipeProblems(place(text)).length > 0,
      ),
    );
    const unquotable = fc.stringMatching(/["\\\n\r\t ]/);
    fc.assert(
      fc.property(
        unquotable,
        text => recipeProblems(withWeights({ url: `https://example.com/${text}.gguf` })).length > 0,
      ),
    );
  });
});

describe('the port of a model', () => {
  it('follows its place in the list', () => {
    expect([portOf(recipe, 'phi-4-mini-instruct'), portOf(recipe, 'bge-m3')]).toEqual([8443, 8444]);
  });

  it('is unknown for a model that is not served, and the error lists those that are', () => {
    expect(() => portOf(recipe, 'gpt-4o')).toThrow(
      "support: serves no model 'gpt-4o'; it serves: phi-4-mini-instruct, bge-m3",
    );
  });
});
