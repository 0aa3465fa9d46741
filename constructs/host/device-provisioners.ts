import { engineFile, weightsFile } from './engine';
import type { RecipeSpec } from './engine';
import { escapeTemplate } from '../literals';

/** What the steps of the device protocol are made from. */
interface DeviceSteps {
  readonly recipe: RecipeSpec;
  /** Text of `unit.json`. */
  readonly manifest: string;
  /** Text of `berth-device.sh`. */
  readonly script: string;
  /** Reference to the operator's folder of artifacts. @default - the device downloads them itself */
  readonly weightsFolder?: string;
}

/** A provisioner as Terraform's JSON has it. */
type Provisioner = Readonly<
  | { file: { destination: string; content: string } | { destination: string; source: string } }
  | { 'remote-exec': { inline: string[]; when?: 'destroy' } }
>;

/**
 * The steps of docs/decisions/0002-device-protocol.md: prepare, upload, install, verify, and remove on destroy. The
 * bindings' provisioner types know no `when`, so they are written as Terraform's JSON.
 */
export function deviceProvisioners(steps: DeviceSteps): Provisioner[] {
  const { unit } = steps.recipe;
  const folder = `/tmp/berth-${unit}`;
  const script = `${folder}/berth-device.sh`;
  const manifest = `${folder}/unit.json`;
  return [
    run(`install -d -m 700 ${folder}`),
    { file: { content: escapeTemplate(steps.script), destination: script } },
    { file: { content: escapeTemplate(steps.manifest), destination: manifest } },
    ...artifacts(steps.recipe).flatMap(name =>
      steps.weightsFolder === undefined
        ? []
        : [{ file: { source: `${steps.weightsFolder}/${name}`, destination: `${folder}/${name}` } }],
    ),
    run(`sh ${script} install ${manifest}`),
    run(`sh ${script} verify ${manifest}`),
    removal(unit),
  ];
}

/** Takes off what was installed, when the resource goes. */
export function removal(unit: string): Provisioner {
  return {
    'remote-exec': { inline: [`sh /opt/berth/${unit}/berth-device.sh remove ${unit}`], when: 'destroy' },
  };
}

const run = (line: string): Provisioner => ({ 'remote-exec': { inline: [line] } });

/** Files of the engine and the weights; equal weights are uploaded once. */
function artifacts({ engine, models }: RecipeSpec): string[] {
  const weights = models.map(({ weights: { sha256 } }) => weightsFile(String(sha256)));
  return [engineFile(String(engine.sha256)), ...new Set(weights)];
}
