import { createHash } from 'node:crypto';
import { toJson } from '../../protocol/codec';
import type { ApplyRequest, PlanRequest } from '../../protocol/provider';
import type { ObjectValue } from '../../protocol/value';
import { movedMark } from './kept';

/**
 * What azapi has Terraform keep with a resource so that it notices another `sensitive_body`, which no state holds: a hash
 * of it, and nothing where `sensitive_body_version` says when it changes.
 */
export function secretToKeep({ config, planned }: ApplyRequest): string {
  const secret = config?.['sensitive_body'] ?? null;
  if (secret === null || (planned?.['sensitive_body_version'] ?? null) !== null) return '';
  return createHash('sha256')
    .update(JSON.stringify(toJson(secret)))
    .digest('hex');
}

/** Whether a plan's `sensitive_body` differs from the one that was applied. */
export function hasNewSecret({ config, prior, proposed, kept }: PlanRequest): boolean {
  const before = kept === movedMark ? '' : kept;
  return prior !== null && secretToKeep({ type: '', config, prior, planned: proposed }) !== before;
}

/** A planned resource with the write-only values of its configuration: what a request sends. */
export function withSecret({ config, planned }: ApplyRequest): ObjectValue {
  return { ...planned, sensitive_body: config?.['sensitive_body'] ?? null };
}
