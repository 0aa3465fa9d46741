// Makes dist of the sources: what tsc compiles, and beside it what the compiled code reads (tables, scripts).
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { mirrorForCdktn } from './cdktn-mirror.mjs';

const project = 'tsconfig.build.json';
const read = new Set(['.json', '.sh', '.py', '.gz']);

// Of an earlier build, files would stay whose sources have gone.
rmSync('dist', { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
execFileSync(execPath, [join(typescript, 'bin', 'tsc'), '-p', project], { stdio: 'inherit' });

const { include, exclude } = JSON.parse(readFileSync(project, 'utf8'));
const left = new Set(exclude);
const rooms = include.filter(pattern => pattern.endsWith('/**/*.ts')).map(pattern => pattern.split('/')[0]);

for (const room of rooms) {
  for (const entry of readdirSync(room, { withFileTypes: true, recursive: true })) {
    const folder = entry.parentPath.replaceAll('\\', '/');
    if (!entry.isFile() || !read.has(extname(entry.name)) || [...left].some(each => isIn(each, folder)))
      continue;
    cpSync(join(folder, entry.name), join('dist', folder, basename(entry.name)), { recursive: true });
  }
}

writeCatalogue(join('dist', 'catalog'));
mirrorForCdktn('dist', ['constructs', 'stacks', 'index']);

/** The tables that ship are checked and joined here, once, instead of at every start. */
function writeCatalogue(folder) {
  const written = join(folder, 'catalog.js');
  const tables = [...readFileSync(written, 'utf8').matchAll(/require\("\.\/([\w-]+\.json)"\)/g)];
  const { catalog } = createRequire(import.meta.url)(resolve(written));
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(catalog));
  writeFileSync(written, `"use strict";\nexports.catalog = require("./catalog.json");\n`);
  for (const [, table] of tables) rmSync(join(folder, table));
}

function isIn(directory, folder) {
  return folder === directory || folder.startsWith(`${directory}/`);
}
