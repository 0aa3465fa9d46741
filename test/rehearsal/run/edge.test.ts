import { App, TerraformStack } from 'cdktf';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EdgeDevice } from '../../../constructs/host';
import { rehearseLife } from '../../../rehearsal/run';
import { planSnapshot } from '../../../testing';

jest.setTimeout(60_000);

const engine = { url: 'https://example.com/engine.tar.gz', sha256: 'a'.repeat(64) };
const weights = { url: 'https://example.com/phi.gguf', sha256: 'b'.repeat(64) };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-edge-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function edge(connected: boolean): App {
  const app = new App({ outdir: join(directory, 'out') });
  new EdgeDevice(new TerraformStack(app, 'dev-edge'), 'Device', {
    name: 'shop-7',
    connected,
    connection: { host: 'shop-7.example.com', hostKey: `ssh-ed25519 ${'A'.repeat(68)}` },
    engine: { version: 'b6900', arch: 'amd64', accelerator: 'cpu', ...engine },
    models: [
      {
        model: 'phi-4-mini',
        api: 'chat',
        weights: { revision: 'main', format: 'gguf', ...weights },
        contextTokens: 4096,
        parallel: 1,
      },
    ],
  });
  return app;
}

describe('a rehearsed edge stack', () => {
  it('reaches a loopback device instead of the real one, and downloads fixtures', async () => {
    const fixtures = { [engine.url]: engine.sha256, [weights.url]: weights.sha256 };
    const result = await rehearseLife(edge(true), { fixtures });
    expect(result.findings).toEqual([]);
    expect(result.fixtures).toEqual([engine.url, weights.url]);
    expect(result.devices).toEqual([
      {
        name: 'shop_7',
        units: [
          { unit: 'shop-7', port: 8443, models: ['phi-4-mini'], sha256: [engine.sha256, weights.sha256] },
        ],
        refused: [],
      },
    ]);
  });

  it('has the same plans each time, with the address and key that the code names', async () => {
    const fixtures = { [engine.url]: engine.sha256, [weights.url]: weights.sha256 };
    const first = planSnapshot(await rehearseLife(edge(true), { fixtures }));
    expect(first).toContain('input.host = "shop-7.example.com"');
    expect(first).toContain('input.port = 22');
    expect(planSnapshot(await rehearseLife(edge(true), { fixtures }))).toBe(first);
  });

  it('uploads stand-ins to a device without a connection, and says that they are', async () => {
    const result = await rehearseLife(edge(false));
    expect(result.findings).toEqual([]);
    expect(result.fixtures).toEqual([`${engine.sha256}.tar.gz`, `${weights.sha256}.gguf`]);
    expect(result.devices[0]?.units).toHaveLength(1);
  });

  it('fails where nothing is known of a download', async () => {
    const result = await rehearseLife(edge(true), { fixtures: { [engine.url]: engine.sha256 } });
    expect(result.findings).toEqual([expect.stringContaining('Process exited with status 4')]);
    expect(result.leftovers.inState).toEqual([]);
  });
});
