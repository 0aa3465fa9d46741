import type { App, Stack } from 'aws-cdk-lib';

/** What CloudFormation gets of a stack. Its own checks, which take most of the time of a synthesis, are of another test. */
export function templateOf(stack: Stack): unknown {
  const app = stack.node.root as App;
  return app.synth({ skipValidation: true, validateOnSynthesis: false }).getStackByName(stack.stackName)
    .template;
}

/** What CloudFormation evaluates in a template, and what CDK left in it by mistake. Texts that it takes as they are do not count. */
export function intrinsicsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return value.match(/\{\{\s*resolve:[^}]*(\}\})?|\$\{Token\[[^\]]*\]?|#\{Token\[[^\]]*\]?/gi) ?? [];
  if (Array.isArray(value)) return value.flatMap(intrinsicsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const inside = [...intrinsicsIn(key), ...intrinsicsIn(each)];
    if (key === 'Ref' || key === 'Condition' || key === 'Fn::GetAtt' || key === 'Fn::ImportValue')
      return [`${key} ${JSON.stringify(each)}`, ...inside];
    if (key === 'Fn::Sub') return [...substitutionsOf(each), ...inside];
    return key.startsWith('Fn::') ? [key, ...inside] : inside;
  });
}

/** `${Name}` in the text of a substitution; `${!Name}` stands for itself. */
function substitutionsOf(given: unknown): string[] {
  const text = String(Array.isArray(given) ? given[0] : given);
  return (text.match(/\$\{(?!!)[^}]*\}?/g) ?? []).map(each => `Fn::Sub ${each}`);
}
