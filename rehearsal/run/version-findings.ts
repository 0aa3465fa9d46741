import { allowsVersion } from '../schema/version-constraint';
import { addressOf } from './provider-use';
import { contentsOf } from './stack';
import type { Stack } from './stack';

/**
 * A sentence for each stack that asks for a version of a provider which is not the one rehearsed: its plan may be another.
 * @param rehearsed versions of simulated providers whose schema is that of a version, by registry address
 */
export function versionFindings(
  stacks: readonly Stack[],
  rehearsed: Readonly<Record<string, string | undefined>>,
): string[] {
  const findings = stacks.flatMap(stack =>
    contentsOf(stack).flatMap(({ terraform }) =>
      Object.entries(terraform?.required_providers ?? {}).flatMap(([label, { source, version }]) => {
        const provider = addressOf(label, source);
        const simulated = rehearsed[provider];
        if (simulated === undefined || version === undefined || allowsVersion(version, simulated)) return [];
        return [
          `stack ${stack.name} asks for ${provider} ${version}, and the rehearsal simulates ${simulated}: attributes and replacements may differ`,
        ];
      }),
    ),
  );
  return [...new Set(findings)];
}
