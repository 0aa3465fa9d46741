/** What a snapshot replaces, because it differs between machines or runs, or says nothing to a reviewer. */
export const normalisations = ['guids', 'hashes', 'paths', 'times', 'versions'] as const;

/** What a snapshot leaves out. */
export type Normalisation = (typeof normalisations)[number];

const replacements: Readonly<Record<Normalisation, (text: string) => string>> = {
  // The id of a role or policy definition is fixed, and which one it is matters.
  guids: text =>
    text.replace(
      /(?<!(?:role|policy)Definitions\/)\b(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
      '<guid>',
    ),
  hashes: text =>
    text
      .replace(/\b[0-9a-f]{64}\b/gi, '<sha256>')
      .replace(/\b[0-9a-f]{40}\b/gi, '<sha1>')
      .replace(/\b[0-9A-F]{32}\b|\b[0-9a-f]{32}\b/g, '<md5>'),
  // Directories of a machine, not of a device: what is under /opt or /etc there is the code's own choice.
  paths: text =>
    text.replace(
      /(?<![\w/.:])\/(?:home|Users|root|private|tmp|var\/folders|workspace|builds?)\/[^\s"',;:]*/g,
      '<path>',
    ),
  times: text =>
    text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'),
  // Of packages and tools, as in `cdktf@0.21.0` and `cdktf/0.21.0`. A version that stands by itself is a reviewed fact.
  versions: text => text.replace(/\b([a-z][\w.-]*[@/])v?\d+\.\d+\.\d+(?:-[\w.]+)?\b/gi, '$1<version>'),
};

/** Applies the normalisations but those to keep. */
export function normalise(text: string, keep: readonly Normalisation[] = []): string {
  return normalisations
    .filter(name => !keep.includes(name))
    .reduce((result, name) => replacements[name](result), text);
}
