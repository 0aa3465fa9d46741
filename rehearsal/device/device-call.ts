/** A unit is set up, or asked. */
export interface PlacingCall {
  readonly verb: 'install' | 'verify';
  readonly unit: string;
  readonly script: string;
  readonly manifest: string;
}

/** What a device is asked to do. */
export type DeviceCall =
  | { readonly verb: 'prepare'; readonly directory: string }
  | PlacingCall
  | { readonly verb: 'remove'; readonly unit: string; readonly script: string };

const unitName = '[a-z0-9][a-z0-9-]*';
const root = String.raw`s=\$\(\[ "\$\(id -u\)" = 0 \] \|\| echo sudo -n\)`;
const preparing = new RegExp(
  `^${root}; \\$s install -d -m 755 /opt/berth /opt/berth/(${unitName}) && \\$s install -d -m 700 -o "\\$\\(id -u\\)" (/opt/berth/\\1/upload)$`,
);
const installing = new RegExp(
  `^sh (/opt/berth/(${unitName})/upload/berth-device\\.sh) (install) (/opt/berth/\\2/upload/unit\\.json)$`,
);
const verifying = new RegExp(
  `^sh (/opt/berth/(${unitName})/berth-device\\.sh) (verify) (/opt/berth/\\2/unit\\.json)$`,
);
const removing = new RegExp(
  `^if \\[ -f (/opt/berth/(${unitName})/berth-device\\.sh) \\]; then sh \\1 remove \\2; fi$`,
);

/** Reads one of the four lines of the protocol; undefined for any other. */
export function parseCall(line: string): DeviceCall | undefined {
  const prepared = preparing.exec(line);
  if (prepared) return { verb: 'prepare', directory: prepared[2] as string };
  const placed = installing.exec(line) ?? verifying.exec(line);
  if (placed) {
    const [, script = '', unit = '', verb, manifest = ''] = placed;
    return { verb: verb as 'install' | 'verify', unit, script, manifest };
  }
  const removed = removing.exec(line);
  return removed ? { verb: 'remove', unit: removed[2] as string, script: removed[1] as string } : undefined;
}

/** The lines of the script that `remote-exec` makes of its inline commands; undefined when it is no such script. */
export function scriptLines(content: string): string[] | undefined {
  const [shebang, ...lines] = content.split('\n').map(line => line.trim());
  return shebang === '#!/bin/sh' ? lines.filter(line => line !== '') : undefined;
}
