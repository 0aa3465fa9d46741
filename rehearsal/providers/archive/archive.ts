import type { ObjectValue } from '../../protocol/value';
import type { Attribute } from '../../schema/schema';
import { computed, forcing, optional, required, schemaOf } from '../state-only/attributes';
import type { Files } from '../state-only/files';
import { hasherOf } from '../state-only/hashes';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts } from '../state-only/state-only-provider';

const given: Record<string, Attribute> = forcing({
  type: required('string'),
  output_path: required('string'),
  source_content: optional('string', { sensitive: true }),
  source_content_filename: optional('string'),
  source_file: optional('string'),
  source_dir: optional('string'),
  excludes: optional(['set', 'string']),
  exclude_symlink_directories: optional('bool'),
  output_file_mode: optional('string'),
});

const hashNames = [
  'id',
  'output_sha',
  'output_sha256',
  'output_sha512',
  'output_md5',
  'output_base64sha256',
  'output_base64sha512',
];

/**
 * hashicorp/archive, which packs nothing: hashes and size are of what would be packed, so that they change when it does.
 * Source: its documentation, version 2.7.
 */
function archiveFacts(files: Files): StateOnlyFacts {
  const schema = schemaOf(
    {
      ...given,
      ...Object.fromEntries(hashNames.map(name => [name, computed('string')])),
      output_size: computed('number'),
    },
    {
      source: {
        nesting: 'SET',
        min: 0,
        max: 0,
        forceNew: true,
        block: {
          attributes: forcing({
            content: required('string', { sensitive: true }),
            filename: required('string'),
          }),
          blocks: {},
        },
      },
    },
  );
  const packed = (config: ObjectValue): ObjectValue => outputsOf(contentOf(config, files));
  return {
    protocol: 5,
    resources: { archive_file: { schema, made: packed } },
    data: { archive_file: { schema, read: packed } },
  };
}

function contentOf(config: ObjectValue, files: Files): Buffer {
  const names = Object.keys(given).filter(name => name !== 'output_path');
  const said = JSON.stringify([...names, 'source'].map(name => config[name] ?? null));
  const { source_file: file } = config;
  const read = typeof file === 'string' ? files.read(file) : undefined;
  if (typeof file === 'string' && !read) throw new Error(`could not archive missing file: ${file}`);
  return Buffer.concat([Buffer.from(said), read ?? Buffer.alloc(0)]);
}

function outputsOf(content: Buffer): ObjectValue {
  const hash = hasherOf(content);
  return {
    id: hash('sha1', 'hex'),
    output_sha: hash('sha1', 'hex'),
    output_sha256: hash('sha256', 'hex'),
    output_sha512: hash('sha512', 'hex'),
    output_md5: hash('md5', 'hex'),
    output_base64sha256: hash('sha256', 'base64'),
    output_base64sha512: hash('sha512', 'base64'),
    output_size: content.length,
  };
}

export const simulatedArchive: SimulatedProvider = stateOnly('hashicorp/archive', ({ files }) =>
  archiveFacts(files),
);
