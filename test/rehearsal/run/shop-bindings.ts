import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const azurerm = join(dirname(require.resolve('@cdktf/provider-azurerm/package.json')), 'lib');

/** Installs bindings of a provider that nobody knows below a directory: `shop_user`, which is made of azurerm's user-assigned identity. */
export function installShopBindings(directory: string, address: string, version: string): void {
  const root = join(directory, 'node_modules', '@cdktf', 'provider-shop');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const provider = { name: `registry.terraform.io/${address}`, version };
  write('package.json', JSON.stringify({ cdktf: { provider } }));
  write('lib/provider/index.js', renamed('provider', []));
  write(
    'lib/user/index.js',
    renamed('user-assigned-identity', [['azurerm_user_assigned_identity', 'shop_user']]),
  );
  write(
    'lib/data-shop-user/index.js',
    renamed('data-azurerm-user-assigned-identity', [['azurerm_user_assigned_identity', 'shop_user']]),
  );
}

/** The source that a binding carries, under other names. */
function renamed(folder: string, names: readonly (readonly [string, string])[]): string {
  const file = readFileSync(join(azurerm, folder, 'index.js'), 'utf8');
  const encoded = /base64,([A-Za-z0-9+/=]+)/.exec(file)?.[1] ?? '';
  const { sourcesContent } = JSON.parse(String(Buffer.from(encoded, 'base64'))) as {
    sourcesContent: string[];
  };
  const text = names.reduce((all, [from, to]) => all.replaceAll(from, to), sourcesContent.join('\n'));
  const map = Buffer.from(JSON.stringify({ sourcesContent: [text] })).toString('base64');
  return `//# sourceMappingURL=data:application/json;base64,${map}\n`;
}
