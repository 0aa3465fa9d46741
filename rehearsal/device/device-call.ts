/** What a device is asked to do. */
export type DeviceCall =
  | { readonly verb: 'prepare'; readonly directory: string }
  | {
      readonly verb: 'install' | 'verify';
      readonly unit: string;
      readonly script: string;
      readonly manifest: string;
    }
  | { readonly verb: 'remove'; readonly unit: string; readonly script: string };

const unitName = '[a-z0-9][a-z0-9-]*';
const preparing = new RegExp(`^install -d -m 700 (/tmp/berth-${unitName})$`);
const placing = new RegExp(
  `^sh (/tmp/berth-(${unitName})/berth-device\\.sh) (install|verify) (/tmp/berth-\\2/unit\\.json)$`,
);
const removing = new RegExp(`^sh (/opt/berth/(${unitName})/berth-device\\.sh) remove \\2$`);

/** Reads one of the four lines of the protocol; undefined for any other. */
export function parseCall(line: string): DeviceCall | undefined {
  const prepared = preparing.exec(line);
  if (prepared) return { verb: 'prepare', directory: prepared[1] as string };
  const placed = placing.exec(line);
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
