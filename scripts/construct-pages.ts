// Writes docs/constructs from the comments in the code: npm run construct-pages.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constructPages } from '../test/docs/construct-pages';

const folder = join('docs', 'constructs');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of constructPages()) writeFileSync(join(folder, name), text);
