import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { releasedStacks, releasedTemplates } from './release';

/** A file that the first boot of a machine writes. */
interface BootFile {
  readonly path: string;
  readonly content: string;
}

/** Files of the first boot of a machine that release 0.1.0 made, as they are on its disk. */
export function filesOfFirstBoot(cloud: 'azure' | 'aws'): BootFile[] {
  const { write_files: files } = parse(cloud === 'azure' ? customData() : userData()) as {
    readonly write_files: readonly (BootFile & { readonly encoding?: string })[];
  };
  return files.map(({ path, content, encoding }) => ({
    path,
    content: encoding === undefined ? content : gunzipSync(Buffer.from(content, 'base64')).toString(),
  }));
}

/** What set up devices, and instances on EC2. */
export function deviceScript(): string {
  const found = filesOfFirstBoot('aws').find(({ path }) => path.endsWith('berth-device.sh'));
  if (!found) throw new Error('release 0.1.0 had a berth-device.sh on instances');
  return found.content;
}

function customData(): string {
  const { synthesised } = releasedStacks('0.1.0', 'dev')['dev-hosts'] as unknown as {
    // What a release keeps of a stack is of no narrower type than an object.
    readonly synthesised: {
      readonly resource: Readonly<Record<string, Record<string, { readonly custom_data: string }>>>;
    };
  };
  const [machine] = Object.values(synthesised.resource['azurerm_linux_virtual_machine'] ?? {});
  return Buffer.from(machine?.custom_data ?? '', 'base64').toString();
}

function userData(): string {
  const { Resources: resources } = releasedTemplates('0.1.0')['prod-hosts-aws'] as {
    readonly Resources: Readonly<
      Record<
        string,
        { readonly Type: string; readonly Properties: { readonly UserData: { 'Fn::Base64': string } } }
      >
    >;
  };
  const instance = Object.values(resources).find(({ Type: type }) => type === 'AWS::EC2::Instance');
  return instance?.Properties.UserData['Fn::Base64'] ?? '';
}
