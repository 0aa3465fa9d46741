// Copies what tsc leaves behind (protocol files, tables, scripts, fixtures) beside the compiled code.
import { cpSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const rooms = ['config', 'catalog', 'constructs', 'rehearsal', 'testing'];
const kinds = new Set(['.json', '.proto', '.sh', '.py', '.csv', '.gguf', '.gz', '.yaml']);

for (const room of rooms) {
  for (const entry of readdirSync(room, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !kinds.has(extname(entry.name))) continue;
    const file = join(entry.parentPath, entry.name);
    cpSync(file, join('dist', file), { recursive: true });
  }
}
