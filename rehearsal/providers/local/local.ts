import type { ObjectValue } from '../../protocol/value';
import type { Attribute } from '../../schema/schema';
import { computed, defaulted, forcing, optional, required, schemaOf } from '../state-only/attributes';
import type { Files } from '../state-only/files';
import { hasherOf } from '../state-only/hashes';
import { Refusal } from '../state-only/state-only-provider';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts, StateOnlyResource } from '../state-only/state-only-provider';

const hashNames = [
  'content_md5',
  'content_sha1',
  'content_sha256',
  'content_base64sha256',
  'content_sha512',
  'content_base64sha512',
];
const hashes: Record<string, Attribute> = Object.fromEntries(
  hashNames.map(name => [name, computed('string')]),
);

/** hashicorp/local, but that nothing is written outside the rehearsal. Source: its documentation, version 2.5. */
function localFacts(files: Files): StateOnlyFacts {
  const data = (sensitive: boolean) => ({
    schema: schemaOf({
      filename: required('string'),
      content: computed('string', { sensitive }),
      content_base64: computed('string', { sensitive }),
      id: computed('string'),
      ...hashes,
    }),
    read: ({ filename }: ObjectValue) => {
      const content = files.read(String(filename));
      if (!content)
        return new Refusal(
          'Read local file data source error',
          `The file at given path cannot be read: ${String(filename)}: no such file or directory`,
        );
      return {
        content: content.toString('utf8'),
        content_base64: content.toString('base64'),
        ...hashesOf(content),
      };
    },
  });
  return {
    protocol: 5,
    resources: {
      local_file: file(files, false),
      local_sensitive_file: file(files, true),
    },
    data: { local_file: data(false), local_sensitive_file: data(true) },
  };
}

function file(files: Files, sensitive: boolean): StateOnlyResource {
  const mode = sensitive ? '0700' : '0777';
  return {
    schema: schemaOf({
      ...forcing({
        filename: required('string'),
        content: optional('string', { sensitive }),
        content_base64: optional('string', { sensitive }),
        source: optional('string'),
        ...(sensitive ? {} : { sensitive_content: optional('string', { sensitive: true }) }),
        file_permission: defaulted('string', mode),
        directory_permission: defaulted('string', mode),
      }),
      id: computed('string'),
      ...hashes,
    }),
    made: planned => {
      const content = contentOf(planned, files);
      files.write(String(planned['filename']), content);
      return hashesOf(content);
    },
  };
}

function contentOf(
  { content, content_base64: base64, sensitive_content: secret, source }: ObjectValue,
  files: Files,
): Buffer {
  if (typeof base64 === 'string') return Buffer.from(base64, 'base64');
  if (typeof source !== 'string') return Buffer.from(String(content ?? secret ?? ''));
  const read = files.read(source);
  if (!read) throw new Error(`open ${source}: no such file or directory`);
  return read;
}

function hashesOf(content: Buffer): ObjectValue {
  const hash = hasherOf(content);
  return {
    id: hash('sha1', 'hex'),
    content_md5: hash('md5', 'hex'),
    content_sha1: hash('sha1', 'hex'),
    content_sha256: hash('sha256', 'hex'),
    content_base64sha256: hash('sha256', 'base64'),
    content_sha512: hash('sha512', 'hex'),
    content_base64sha512: hash('sha512', 'base64'),
  };
}

export const simulatedLocal: SimulatedProvider = stateOnly('hashicorp/local', ({ files }) =>
  localFacts(files),
);
