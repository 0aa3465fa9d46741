import { engineFile, weightsFile } from './engine';
import type { RecipeSpec } from './engine';
import { escapeTemplate } from '../literals';

/** A provisioner as Terraform's JSON has it. */
type Provisioner = Readonly<
  | { file: { destination: string; content: string } | { destination: string; source: string } }
  | { 'remote-exec': { inline: string[]; when?: 'destroy' } }
>;

/**
 * The steps of docs/decisions/0002-device-protocol.md that set a device up: prepare, upload, install, verify. The bindings'
 * provisioner types know no `when`, so they are written as Terraform's JSON.
 */
export function recipeSteps(of: {
  readonly unit: string;
  /** Text of `unit.json`. */
  readonly manifest: string;
  /** Text of `berth-device.sh`. */
  readonly script: string;
}): Provisioner[] {
  const [home, upload] = [homeOf(of.unit), uploadOf(of.unit)];
  return [
    prepare(of.unit),
    { file: { content: escapeTemplate(of.script), destination: `${upload}/berth-device.sh` } },
    { file: { content: escapeTemplate(of.manifest), destination: `${upload}/unit.json` } },
    run(`sh ${upload}/berth-device.sh install ${upload}/unit.json`),
    run(`sh ${home}/berth-device.sh verify ${home}/unit.json`),
  ];
}

/** Names of the files of engine and weights that an operator brings along, equal weights once. */
export function artifactsOf({ engine, models }: RecipeSpec): string[] {
  const weights = models.map(({ weights: { sha256 } }) => weightsFile(String(sha256)));
  return [engineFile(String(engine.sha256)), ...new Set(weights)];
}

/**
 * The steps that bring engine and weights along.
 * @param folder reference to the operator's folder of artifacts
 */
export function artifactSteps(recipe: RecipeSpec, folder: string): Provisioner[] {
  const { unit } = recipe;
  return [
    prepare(unit),
    ...artifactsOf(recipe).map(name => ({
      file: { source: `${folder}/${name}`, destination: `${uploadOf(unit)}/${name}` },
    })),
  ];
}

/** Takes off what was installed, when the resource goes. What is not there, on a device that was set up anew, need not go. */
export function removal(unit: string): Provisioner {
  const script = `${homeOf(unit)}/berth-device.sh`;
  return {
    'remote-exec': { inline: [`if [ -f ${script} ]; then sh ${script} remove ${unit}; fi`], when: 'destroy' },
  };
}

const homeOf = (unit: string): string => `/opt/berth/${unit}`;
/** On the disk where the weights are to lie, for /tmp may be smaller than they are. */
const uploadOf = (unit: string): string => `${homeOf(unit)}/upload`;

/** Makes the folder of uploads, which the account may write to and nobody else may see. */
function prepare(unit: string): Provisioner {
  const root = `s=$([ "$(id -u)" = 0 ] || echo sudo -n)`;
  return run(
    `${root}; $s install -d -m 755 /opt/berth ${homeOf(unit)} && $s install -d -m 700 -o "$(id -u)" ${uploadOf(unit)}`,
  );
}

const run = (line: string): Provisioner => ({ 'remote-exec': { inline: [line] } });
