/** What rehearses a deploy, which takes a second to load: only who asks for it waits. */
export function loadPreview(): typeof import('./preview') &
  typeof import('./preview-text') &
  typeof import('./rehearsed-preview') {
  /* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */
  return {
    ...(require('./preview') as typeof import('./preview')),
    ...(require('./preview-text') as typeof import('./preview-text')),
    ...(require('./rehearsed-preview') as typeof import('./rehearsed-preview')),
  };
  /* eslint-enable @typescript-eslint/no-require-imports */
}
