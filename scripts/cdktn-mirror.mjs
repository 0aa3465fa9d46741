// What stands on a framework is built twice: as compiled, for cdktf, and in dist/cdktn with the imports of cdktn.
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

/** The packages of cdktf and what stands in their place. Their classes and files have the same names. */
const inPlaceOf = { cdktf: 'cdktn', '@cdktf/provider-azurerm': '@cdktn/provider-azurerm' };

/** What is imported, in compiled code and in declarations. */
const imported = /(\brequire\(|\bfrom |\bimport\()(["'])([^"']+)\2/g;

/**
 * Copies rooms of a build into its folder cdktn, importing cdktn instead of cdktf, and the other rooms from where they
 * are: these have no framework, and stand in the build once.
 * @param build folder of the build
 * @param rooms names of folders, or of modules, in it
 */
export function mirrorForCdktn(build, rooms) {
  const mirror = join(build, 'cdktn');
  for (const entry of readdirSync(build).filter(name => rooms.includes(name.split('.')[0])))
    cpSync(join(build, entry), join(mirror, entry), { recursive: true });
  for (const entry of readdirSync(mirror, { withFileTypes: true, recursive: true })) {
    if (!/\.(js|d\.ts)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const folder = relative(mirror, dirname(file)).replaceAll('\\', '/');
    const code = readFileSync(file, 'utf8');
    const mirrored = code.replace(imported, (_, before, quote, name) => {
      return `${before}${quote}${replacement(name, folder, rooms)}${quote}`;
    });
    writeFileSync(file, mirrored);
  }
}

function replacement(name, folder, rooms) {
  if (!name.startsWith('.')) {
    const [old] = Object.keys(inPlaceOf).filter(each => name === each || name.startsWith(`${each}/`));
    return old === undefined ? name : inPlaceOf[old] + name.slice(old.length);
  }
  const [room] = posix.join(folder, name).split('/');
  return rooms.includes(room) ? name : posix.join('..', name);
}
