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

/** What a rehearsal gives in place of the weights it does not have. */
interface DeviceFixtures {
  /** Hash of what each URL would serve. */
  readonly downloads: ReadonlyMap<string, string>;
  /** Hash of a small file that stands in for weights → hash of the weights. */
  readonly standIns: ReadonlyMap<string, string>;
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
      if (!cached.has(artifact.sha256)) this.check(artifact, this.sourceOf(unit, placed.manifest, artifact));
    }
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
  }

  /** Hash and name of what the device would get for an artifact. */
  private sourceOf(unit: string, manifest: Manifest, artifact: Artifact): { name: string; sha256?: string } {
    if (!manifest.uploaded) return { name: artifact.url, sha256: this.fixtures.downloads.get(artifact.url) };
    const sha256 = this.files.read(`/opt/berth/${unit}/upload/${artifact.uploadedAs}`)?.sha256;
    return { name: artifact.uploadedAs, sha256: sha256 && (this.fixtures.standIns.get(sha256) ?? sha256) };
  }

  private check({ sha256: wanted }: Artifact, { name, sha256 }: { name: string; sha256?: string }): void {
    if (sha256 === undefined) throw new Stop(4, `${name} is missing`);
    if (sha256 !== wanted) throw new Stop(3, `${name} has sha256 ${sha256}, not ${wanted}`);
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
