import { catalog } from '../catalog';
import type { EnvironmentInput } from '../config/environment';

const sha256 = 'a'.repeat(64);
const host = 'https://models.example.com';

/** Builds of llama.cpp for every machine that it is installed on. */
export const everyEngine: NonNullable<EnvironmentInput['engines']> = (['amd64', 'arm64'] as const).flatMap(
  arch =>
    (['cpu', 'cuda'] as const).map(accelerator => ({
      arch,
      accelerator,
      version: 'b9000',
      url: `${host}/llama.cpp/b9000/${arch}-${accelerator}.tar.gz`,
      sha256,
    })),
);

/** A file of every open model that somebody publishes as GGUF, in four and in eight bits, as if it was checked. */
export function everyFile(models = catalog.openModels): NonNullable<EnvironmentInput['weights']> {
  const published = models.filter(({ ggufRepository }) => ggufRepository !== null);
  const files = published.flatMap(({ id, nativeQuantisation }) =>
    (nativeQuantisation === 'MXFP4' ? ['MXFP4'] : ['Q4_K_M', 'Q8_0']).map(quantisation => {
      const name = `${id}-${quantisation}`
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(-32);
      const url = `${host}/${id}/${quantisation}.gguf`;
      return [
        name.replace(/^[^a-z]+/, ''),
        { model: id, quantisation, url, revision: 'r1', sha256 },
      ] as const;
    }),
  );
  return Object.fromEntries(files);
}
