import type { App, Stack } from 'aws-cdk-lib';

/** What CloudFormation gets of a stack, without the notes that CDK prints of templates whose VPC is a stand-in. */
export function templateOf(stack: Stack): unknown {
  const app = stack.node.root as App;
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    return app.synth({ validateOnSynthesis: false }).getStackByName(stack.stackName).template;
  } finally {
    print.mockRestore();
  }
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
