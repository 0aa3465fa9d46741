import { findQuantisation } from '../../catalog';
import type { Catalog } from '../../catalog';
import { shown } from '../../text/shown';
import type { Environment, Measured } from '../environment';
import { finding, inEach, repeated } from './check';
import type { EnvironmentCheck } from './check';
import { problemOfKey } from './model-names';
import type { Finding } from './problem';

/** Speeds that were measured: each of something that there is, once. */
export const measuredChecks: readonly EnvironmentCheck[] = [
  {
    id: 'measured-names',
    why: 'a speed of a name that matches nothing would silently do nothing',
    find: (environment, catalog) =>
      inEach(environment.measured ?? [], (measured, i) =>
        measuredFindings(measured, i, environment, catalog),
      ),
  },
  {
    id: 'measured-once',
    why: 'two speeds of one model on one machine leave open which counts',
    find: ({ measured = [] }) =>
      repeated(
        inEach(measured, ({ on, model, quantisation }, at) => [
          { key: `${model} in ${quantisation} on ${on}`, at },
        ]),
      ).map(({ key, at, first }) => ({
        path: ['measured', at],
        message: `must be the only speed of ${shown(key)}, got a second one beside measured[${first}]; remove one`,
      })),
  },
];

function measuredFindings(
  { on, model, quantisation }: Measured,
  at: number,
  { devices, weights }: Environment,
  catalog: Catalog,
): Finding[] {
  const places = [...Object.keys(devices), ...catalog.machines.map(({ sku }) => sku)];
  const own = Object.entries(weights).flatMap(([key, { fineTuned }]) => (fineTuned ? key : []));
  const models = [...own, ...catalog.openModels.map(({ id }) => id)];
  const format = findQuantisation(catalog, quantisation);
  return [
    ...finding(['measured', at, 'on'], problemOfKey(on, places, 'a size of machine or a device')),
    ...finding(
      ['measured', at, 'model'],
      problemOfKey(model, models, 'an open model of the catalogue, or weights that are fineTuned'),
    ),
    ...finding(['measured', at, 'quantisation'], format.found ? undefined : format.problem),
  ];
}
