import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'protobufjs';
import { providerService } from '../../../rehearsal/protocol/service';

const folder = join(__dirname, '../../../rehearsal/protocol');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the plugin protocol', () => {
  it.each([5, 6] as const)('in version %i is what its .proto file says', version => {
    const { root } = parse(read(`tfplugin${version}.proto`), { keepCase: true });
    // If not: node scripts/protocol-json.mjs
    expect(JSON.parse(read(`tfplugin${version}.json`))).toEqual(root.toJSON());
  });

  it('keeps every field of a message through the wire', () => {
    const { ReadResource } = providerService(5);
    const request = { type_name: 'azurerm_subnet', current_state: { msgpack: Buffer.from([1, 2]) } };
    const bytes = ReadResource?.requestSerialize(request) as Buffer;
    expect(ReadResource?.path).toBe('/tfplugin5.Provider/ReadResource');
    expect(ReadResource?.requestDeserialize(bytes)).toMatchObject({
      type_name: 'azurerm_subnet',
      current_state: { msgpack: Buffer.from([1, 2]), json: Buffer.from([]) },
      private: Buffer.from([]),
    });
  });

  it('has other names in version 6', () => {
    expect(Object.keys(providerService(6))).toContain('GetProviderSchema');
    expect(Object.keys(providerService(5))).toContain('GetSchema');
  });
});
