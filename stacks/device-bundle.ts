import { devicesOf } from '../config';
import type { Decision, EdgeUnit, Environment } from '../config';
import { engineFile, renderManifest, weightsFile } from '../constructs/host/engine/manifest';
import { recipeScript } from '../constructs/host/engine/scripts';
import { BerthError } from '../text/berth-error';
import { checkMachines, engineOf, memoryOf, modelOf } from './recipe';

/** A file that a device installs, and where it comes from. */
interface CarriedFile {
  readonly name: string;
  readonly what: string;
  readonly url: string;
  readonly sha256: string;
}

/** What a person carries to a device so that it serves. */
export interface DeviceBundle {
  /** Text of the script that installs, verifies and removes. */
  readonly script: string;
  /** Text of `unit.json`. */
  readonly manifest: string;
  /** Engine and weights. */
  readonly files: readonly CarriedFile[];
}

/** Thrown for a device on which nothing is to serve. */
class NothingServed extends BerthError {
  readonly kind = 'input';
}

/**
 * What a deploy would send to a device that downloads nothing.
 * @param device key in `devices`
 * @throws {NothingServed} when no unit of the lock is on the device
 * @throws {UnverifiedMachine} when nobody verified engine or weights
 */
export function deviceBundle(environment: Environment, decision: Decision, device: string): DeviceBundle {
  const unit = decision.units.find(
    (each): each is EdgeUnit => 'device' in each && devicesOf(each).includes(device),
  );
  const connection = environment.devices[device]?.connection;
  if (!unit || !connection) {
    const known = decision.units.flatMap(each => ('device' in each ? devicesOf(each) : []));
    throw new NothingServed(
      `${environment.name}: a device on which the lock has a unit is needed (${known.join(', ') || 'none'}), got ${device}; name one of them`,
    );
  }
  checkMachines(environment, { ...decision, units: [unit] });
  const engine = engineOf(environment, unit);
  const models = unit.serves.map(modelOf);
  const recipe = {
    unit: device,
    address: connection.host,
    engine,
    models,
    uploaded: true,
    ...memoryOf(unit),
  };
  const weights = models.map(({ model, weights: { url, sha256 } }) => ({
    name: weightsFile(String(sha256)),
    what: `weights of ${model}`,
    url: String(url),
    sha256: String(sha256),
  }));
  const sha256 = String(engine.sha256);
  const archive = { name: engineFile(sha256), what: 'llama.cpp', url: String(engine.url), sha256 };
  return { script: recipeScript(), manifest: renderManifest(recipe), files: [archive, ...weights] };
}
