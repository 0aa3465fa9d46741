import { planOf } from '../../placement/tuning';
import { shown } from '../../text/shown';
import type { WorkloadCheck } from './check';
import { finding, when } from './check';
import { problemOfModel } from './model-names';
import { locationsOf } from './regions';

/** What `fineTuning` says agrees with itself, and with what the workload asks for. */
export const tuningChecks: readonly WorkloadCheck[] = [
  {
    id: 'base-exists',
    why: 'what is tuned is a model of the catalogue',
    find: (workload, _environment, catalog) => {
      const { base } = planOf(workload) ?? {};
      return base
        ? finding(['fineTuning', 'base', 'model'], problemOfModel(catalog, base.model, base.version))
        : [];
    },
  },
  {
    id: 'tier-keeps-residency',
    why: 'a training that may run anywhere takes the data there',
    find: workload => {
      const tier = planOf(workload)?.tier ?? 'standard';
      return when(
        tier !== 'standard' && workload.residency !== 'any',
        ['fineTuning', 'tier'],
        `must be standard when residency is ${workload.residency}, got '${tier}'; a training at that tier takes the data anywhere, so change one of them`,
      );
    },
  },
  {
    id: 'field-of-the-method',
    why: 'only preference tuning has it',
    find: workload => {
      const { method, hyperparameters } = planOf(workload) ?? {};
      return when(
        method === 'supervised' && hyperparameters?.beta !== undefined,
        ['fineTuning', 'hyperparameters', 'beta'],
        `must be absent when method is supervised, got ${hyperparameters?.beta}; remove it, or make method dpo`,
      );
    },
  },
  {
    id: 'tuned-base-exists',
    why: 'a tuned model is sold, limited and retired as its base is',
    find: (workload, _environment, catalog) => {
      const { base } = planOf(workload)?.tuned ?? {};
      return base
        ? finding(['fineTuning', 'tuned', 'base', 'model'], problemOfModel(catalog, base.model, base.version))
        : [];
    },
  },
  {
    id: 'tuned-where-it-may-be-used',
    why: 'a tuned model is deployed by the account that trained it',
    find: (workload, { azure }, catalog) => {
      const location = planOf(workload)?.tuned?.location;
      const usable = locationsOf(azure, catalog);
      return when(
        location !== undefined && !usable.includes(location),
        ['fineTuning', 'tuned', 'location'],
        `must be one of azure.locations (${usable.join(', ') || 'none'}), got '${shown(location ?? '')}'; add it there, or remove tuned and train again`,
      );
    },
  },
];
