import type { DeviceCall, PlacingCall } from './device-call';
import { parseCall, scriptLines } from './device-call';
import { DeviceFiles } from './device-files';
import type { Artifact, Manifest } from './manifest';
import { artifactsOf, parseManifest } from './manifest';

/** A unit that a rehearsed device holds. */
export interface InstalledUnit {
  readonly unit: string;
  readonly port: number;
  readonly models: readonly string[];
  /** Hashes of engine and weights, as the manifest names them. */
  readonly sha256: readonly string[];
}

/** A command that is not part of the protocol, and was therefore not carried out. */
export interface RefusedCommand {
  readonly command: string;
  readonly reason: string;
}

/** A command's answer. */
interface DeviceAnswer {
  /** 0 done, 3 a hash differs, 4 an artifact is missing, 5 not healthy, 64 a wrong call, 127 refused. */
  readonly status: number;
  readonly output: string;
}

/** What is wrong with a device, or with what it installs; as a real one it then says so, and serves on as before. */
export interface DeviceTroubles {
  /** Hash of an engine or of weights → what shows when a device installs it. */
  readonly artifacts?: Readonly<Record<string, ArtifactTrouble>>;
  /** Ports that other programs have. */
  readonly takenPorts?: readonly number[];
  /** Whether its disk has no room for another file. @default false */
  readonly isFull?: boolean;
  /** Whether its SSH server cannot be reached. @default false */
  readonly isOffline?: boolean;
}

/** What is wrong with an engine or with weights. */
export type ArtifactTrouble = 'another processor' | 'early build' | 'ends at its start' | 'gives no token';

/** What a rehearsal gives in place of the weights it does not have. */
interface DeviceFixtures {
  /** Hash of what each URL would serve. */
  readonly downloads: ReadonlyMap<string, string>;
  /** Hash of a small file that stands in for weights → hash of the weights. */
  readonly standIns: ReadonlyMap<string, string>;
  readonly troubles?: DeviceTroubles | undefined;
}

interface Placed {
  readonly manifest: Manifest;
  readonly text: string;
}

class Stop extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Carries out the device protocol on files in memory. It starts no process and runs nothing that was uploaded. */
export class RehearsedDevice {
  readonly files = new DeviceFiles();
  private readonly placed = new Map<string, Placed>();
  private readonly notCarriedOut: RefusedCommand[] = [];

  constructor(private readonly fixtures: DeviceFixtures) {}

  get units(): InstalledUnit[] {
    return [...this.placed.values()].map(({ manifest }) => ({
      unit: manifest.unit,
      port: manifest.port,
      models: manifest.models.map(({ model }) => model),
      sha256: artifactsOf(manifest).map(({ sha256 }) => sha256),
    }));
  }

  get refused(): readonly RefusedCommand[] {
    return this.notCarriedOut;
  }

  /** Answers a command other than scp. */
  run(command: string): DeviceAnswer {
    const script = /^(?:(chmod 0777|rm -f) )?(\/tmp\/terraform_\d+\.sh|\.ssh\/berth-[a-z0-9-]+\.sh)\n?$/.exec(
      command,
    );
    if (!script) return this.refuse(command, 'not a step of the device protocol');
    const action = script[1];
    const path = script[2] as string;
    const file = this.files.read(path);
    if (action === 'rm -f') {
      this.files.remove(path);
      return { status: 0, output: '' };
    }
    if (!file) return this.refuse(command, 'the script was not uploaded');
    return action ? { status: 0, output: '' } : this.runScript(command, file.content ?? '');
  }

  /** Records a command that is not carried out. */
  refuse(command: string, reason: string): DeviceAnswer {
    this.notCarriedOut.push({ command, reason });
    return { status: 127, output: `rehearsed device: refused ${JSON.stringify(command)}: ${reason}` };
  }

  private runScript(command: string, content: string): DeviceAnswer {
    const lines = scriptLines(content);
    if (!lines) return this.refuse(command, 'the script does not start with #!/bin/sh');
    if (lines.length !== 1) return this.refuse(lines.join('; '), 'the protocol is one line a step');
    const line = lines[0] as string;
    const call = parseCall(line);
    if (!call) return this.refuse(line, 'not a line of the device protocol');
    if (call.verb === 'prepare') {
      this.files.makeDirectory(call.directory);
      return { status: 0, output: '' };
    }
    if (!this.files.read(call.script) && call.verb === 'remove') return { status: 0, output: '' };
    if (!this.files.read(call.script)) return this.refuse(line, `${call.script} is not on the device`);
    return this.answer(call);
  }

  private answer(call: Exclude<DeviceCall, { verb: 'prepare' }>): DeviceAnswer {
    const said = `berth-device: ${call.verb} ${call.unit}: `;
    try {
      if (call.verb === 'install') this.install(call, this.manifestAt(call.unit, call.manifest));
      else if (call.verb === 'verify') this.verify(call.unit, this.manifestAt(call.unit, call.manifest));
      else this.remove(call.unit);
      return { status: 0, output: `${said}ok` };
    } catch (error) {
      if (error instanceof Stop) return { status: error.status, output: said + error.message };
      throw error;
    }
  }

  private manifestAt(unit: string, path: string): Placed {
    const text = this.files.read(path)?.content;
    if (text === undefined) throw new Stop(64, `${path} is not on the device`);
    let manifest: Manifest;
    try {
      manifest = parseManifest(text);
    } catch (error) {
      throw new Stop(64, (error as Error).message);
    }
    if (manifest.unit !== unit) throw new Stop(64, `unit.json is of unit ${manifest.unit}`);
    return { manifest, text };
  }

  private install({ unit, script, manifest }: PlacingCall, placed: Placed): void {
    this.checkPorts(placed.manifest);
    const before = this.placed.get(unit);
    const cached = new Set(before ? artifactsOf(before.manifest).map(({ sha256 }) => sha256) : []);
    for (const artifact of artifactsOf(placed.manifest)) {
      if (!cached.has(artifact.sha256)) this.obtain(artifact, unit, placed.manifest);
      if (artifact.sha256 === placed.manifest.engine.sha256) this.checkEngine(artifact.sha256);
    }
    this.start(placed.manifest);
    const home = `/opt/berth/${unit}`;
    this.files.write(`${home}/berth-device.sh`, this.files.read(script) as { sha256: string; bytes: number });
    this.files.write(`${home}/unit.json`, this.files.read(manifest) as { sha256: string; bytes: number });
    this.files.remove(`${home}/upload`);
    this.placed.set(unit, placed);
  }

  private checkPorts({ unit, port, models }: Manifest): void {
    for (const { manifest: other } of this.placed.values())
      if (other.unit !== unit && port < other.port + other.models.length && other.port < port + models.length)
        throw new Stop(
          3,
          `port ${Math.max(port, other.port)} is taken by the unit ${other.unit}: give one of them another port`,
        );
    const taken = this.fixtures.troubles?.takenPorts?.find(
      each => each >= port && each < port + models.length && !this.has(unit, each),
    );
    if (taken !== undefined)
      throw new Stop(3, `port ${taken} is taken by another program: end it, or choose another port`);
  }

  /** Whether a unit that is installed has a port. */
  private has(unit: string, port: number): boolean {
    const manifest = this.placed.get(unit)?.manifest;
    return manifest !== undefined && port >= manifest.port && port < manifest.port + manifest.models.length;
  }

  private obtain({ url, sha256: wanted, uploadedAs }: Artifact, unit: string, manifest: Manifest): void {
    const { downloads, standIns, troubles = {} } = this.fixtures;
    if (manifest.uploaded) {
      const sent = this.files.read(`/opt/berth/${unit}/upload/${uploadedAs}`)?.sha256;
      if (sent === undefined) throw new Stop(4, `${uploadedAs} was not uploaded`);
      if ((standIns.get(sent) ?? sent) !== wanted) throw new Stop(3, `${uploadedAs} has another hash`);
      return;
    }
    if (troubles.isFull) throw new Stop(4, `there is no room for ${url} on the disk of /opt/berth/${unit}`);
    const served = downloads.get(url);
    if (served === undefined) throw new Stop(4, `${url} is refused with status 404`);
    if (served !== wanted) throw new Stop(3, `${uploadedAs} has another hash: ${url} holds another file`);
  }

  private troubleOf(sha256: string): ArtifactTrouble | undefined {
    return this.fixtures.troubles?.artifacts?.[sha256];
  }

  private checkEngine(sha256: string): void {
    const trouble = this.troubleOf(sha256);
    if (trouble === 'another processor')
      throw new Stop(3, 'the engine is built for another processor than x86_64');
    if (trouble === 'early build')
      throw new Stop(3, 'the engine is of a build that does not know --parallel: take a later one');
  }

  /** Each model is asked for a token before what serves goes. */
  private start({ engine, models }: Manifest): void {
    for (const { model, sha256 } of models) {
      const troubles = [this.troubleOf(engine.sha256), this.troubleOf(sha256)];
      if (troubles.includes('ends at its start'))
        throw new Stop(5, `the engine of ${model} ends at its start: error: a rehearsed one`);
      if (troubles.includes('gives no token'))
        throw new Stop(5, `${model} gives no token: it answers 000 error: a rehearsed one`);
    }
  }

  private verify(unit: string, { text }: Placed): void {
    const placed = this.placed.get(unit);
    if (!placed) throw new Stop(5, 'the unit is not installed');
    if (placed.text !== text) throw new Stop(5, 'the unit was installed from another unit.json');
  }

  private remove(unit: string): void {
    this.placed.delete(unit);
    this.files.remove(`/opt/berth/${unit}`);
  }
}
