import type { RecipeSpec, ServedModelSpec } from '../../../../constructs/host/engine';
import type { DeviceTroubles } from '../../../../rehearsal/device';

/** What a device gets instead of what serves there, and what is wrong with it. */
export interface Wrong {
  readonly change: Partial<RecipeSpec>;
  readonly troubles: DeviceTroubles;
}

/** A kind of device on which rows are played: each makes what is wrong in its own way. */
export interface RowStage {
  readonly recipe: RecipeSpec;
  /** An engine that is not right, at an address of its own. */
  badEngine(what: BadEngine): Wrong;
  /** Weights with the hash that is named, which no engine loads. */
  brokenWeights(): Wrong;
  /** Weights whose address serves another file, or none. */
  otherWeights(served: 'another file' | 'nothing'): Wrong;
  takenPort(): Promise<Wrong> | Wrong;
  fullDisk(): Promise<Wrong> | Wrong;
}

/** What is wrong with an engine, as it is found out. */
export const badEngines = [
  'ends at its start',
  'ends with its first completion',
  'is of an early build',
  'is built for another processor',
] as const;
export type BadEngine = (typeof badEngines)[number];

/** What happens to a device that serves, and what its last line says. A real device and a rehearsed one answer it alike. */
export interface DeviceRow {
  readonly what: string;
  readonly stage: (stage: RowStage) => Promise<Wrong> | Wrong;
  /** Status of `install`. */
  readonly status: number;
  readonly says: RegExp;
}

const change = ({ recipe }: RowStage, model: Partial<ServedModelSpec>): Wrong => ({
  change: { models: recipe.models.map(each => ({ ...each, ...model })) },
  troubles: {},
});

export const deviceRows: readonly DeviceRow[] = [
  {
    what: 'an engine that ends at its start',
    stage: stage => stage.badEngine('ends at its start'),
    status: 5,
    says: /^berth-device: install demo: the engine of tiny ends at its start: error: /,
  },
  {
    what: 'an engine that ends with its first completion',
    stage: stage => stage.badEngine('ends with its first completion'),
    status: 5,
    says: /^berth-device: install demo: tiny gives no token: it answers 000 error: /,
  },
  {
    what: 'an engine of an early build',
    stage: stage => stage.badEngine('is of an early build'),
    status: 3,
    says: /^berth-device: install demo: the engine is of a build that does not know --parallel: take a later one$/,
  },
  {
    what: 'an engine that is built for another processor',
    stage: stage => stage.badEngine('is built for another processor'),
    status: 3,
    says: /^berth-device: install demo: the engine is built for another processor than x86_64$/,
  },
  {
    what: 'weights that are broken',
    stage: stage => stage.brokenWeights(),
    status: 5,
    says: /^berth-device: install demo: the engine of tiny ends at its start: .*error/,
  },
  {
    what: 'an address that serves another file',
    stage: stage => stage.otherWeights('another file'),
    status: 3,
    says: /^berth-device: install demo: [0-9a-f]{64}\.gguf has another hash: https:\S+ holds another file$/,
  },
  {
    what: 'an address that serves nothing',
    stage: stage => stage.otherWeights('nothing'),
    status: 4,
    says: /^berth-device: install demo: https:\S+ is refused with status 404$/,
  },
  {
    what: 'weights that nobody uploaded',
    stage: stage => {
      const { change: other } = stage.otherWeights('nothing');
      return { change: { ...other, uploaded: true }, troubles: {} };
    },
    status: 4,
    says: /^berth-device: install demo: [0-9a-f]{64}\.gguf was not uploaded$/,
  },
  {
    what: 'a port that another program has',
    stage: stage => stage.takenPort(),
    status: 3,
    says: /^berth-device: install demo: port \d+ is taken by another program: end it, or choose another port$/,
  },
  {
    what: 'a disk that is full',
    stage: stage => stage.fullDisk(),
    status: 4,
    says: /^berth-device: install demo: there is no room for https:\S+ on the disk of \/opt\/berth\/demo$/,
  },
  {
    what: 'another unit on the same port',
    stage: () => ({ change: { unit: 'another' }, troubles: {} }),
    status: 3,
    says: /^berth-device: install another: port \d+ is taken by the unit demo: give one of them another port$/,
  },
  {
    what: 'another context',
    stage: stage => change(stage, { contextTokens: 384 }),
    status: 0,
    says: /^berth-device: install demo: ok$/,
  },
];
