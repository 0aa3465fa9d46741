import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../../rehearsal/azure/store';

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const group = { id: groupId, type: 'azurerm_resource_group', attributes: { id: groupId, name: 'rg' } };

describe('the simulated Azure in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    file = join(folder, 'azure.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there again in the next process', () => {
    const store = new Store(file);
    store.seed(group);
    store.keep({ id: groupId, type: group.type, name: 'rg', keptHours: 48 });
    store.flush();
    expect(new Store(file).list()).toEqual([group]);
    expect(new Store(file).softDeleted()).toHaveLength(1);
  });

  it('takes up what a person changed in the file', () => {
    const store = new Store(file);
    store.seed(group);
    store.flush();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"name": "rg"', '"name": "changed"'));
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    expect(store.get(groupId)?.attributes['name']).toBe('changed');
  });

  it('refuses a file that holds something else', () => {
    writeFileSync(file, '[]');
    expect(() => new Store(file)).toThrow(
      `${file} holds no simulated Azure: it must be an object with resources and softDeleted`,
    );
  });
});

describe('the simulated Azure', () => {
  it('finds ids without regard to case', () => {
    const store = new Store();
    store.seed(group);
    expect(store.get(groupId.toUpperCase())).toEqual(group);
  });

  it('keeps an overlay apart from the resource on which it lies', () => {
    const store = new Store();
    const overlay = { ...group, type: 'azapi_update_resource' };
    store.seed(group);
    store.seed(overlay);
    expect(store.get(groupId)).toEqual(group);
    expect(store.find(groupId, 'azapi_update_resource')).toEqual(overlay);
    store.remove(groupId);
    expect(store.list()).toEqual([]);
  });

  it('names the closest id when it does not have one', () => {
    const store = new Store();
    expect(() => store.remove(groupId)).toThrow(`the simulated Azure has no ${groupId}; it is empty`);
    store.seed(group);
    expect(() => store.change(`${groupId}x`, {})).toThrow(
      `the simulated Azure has no ${groupId}x; the closest is ${groupId}`,
    );
  });
});
