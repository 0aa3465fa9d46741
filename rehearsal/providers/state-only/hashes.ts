import { createHash } from 'node:crypto';

/** The hash of a content by its name, in a form. */
export function hasherOf(content: Buffer): (name: string, form: 'hex' | 'base64') => string {
  return (name, form) => createHash(name).update(content).digest(form);
}
