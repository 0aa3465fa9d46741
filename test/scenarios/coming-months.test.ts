import { catalog, decide, loadEnvironment } from '../../config';

/** The first of each month from one to another, YYYY-MM. */
function months(first: string, last: string): string[] {
  const [year = 0, month = 1] = first.split('-').map(Number);
  const at = (i: number): string => new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10);
  const all = Array.from({ length: 36 }, (_, i) => at(i));
  return all.slice(0, all.findIndex(day => day.startsWith(last)) + 1);
}

/** Only hosted models, and what may go to them: machines and devices know no retirement. */
function decided(file: string, asOf: string) {
  const environment = loadEnvironment(`${__dirname}/../../config/environments/${file}`);
  const workloads = environment.workloads.filter(({ name }) => hosted.includes(name));
  return decide(
    { ...environment, workloads },
    { ...catalog, machines: [], openModels: [] },
    { asOf, grantArrangements: false },
  );
}

const hosted = ['support-chat', 'product-images', 'search-embeddings'];

/**
 * No example hangs on one version: as long as the tables know a successor of what retires, it is taken, and nothing has
 * to be stated first. prod takes no model that retires within 60 days.
 */
describe.each([
  ['dev.yaml', '2028-01'],
  ['prod.ts', '2027-11'],
])('the example %s', (file, last) => {
  it.each(months('2026-12', last))('is placed on %s', async asOf => {
    const { placements, toState } = await decided(file, asOf);
    expect(new Set(placements.map(({ venue }) => venue))).toEqual(new Set(['hosted']));
    expect(toState).toBeUndefined();
  });

  it('says that no successor is known from when on that is so', async () => {
    await expect(decided(file, '2028-03-01')).rejects.toThrow(
      /(lifecycle|retirement) decides: what could serve it is gone by 2028-03-01 or soon after, and the tables, of \d{4}-\d{2}-\d{2}, know no successor; a newer release of Berth may; without it, text-embedding-3-small on the GlobalStandard deployment in swedencentral would serve it for \$/,
    );
  });
});
