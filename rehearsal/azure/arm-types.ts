import { idTemplates, knownTemplates, typesWithExistence } from './id-templates';

/** ARM types of whose resources the simulated Azure knows whether they exist, in lower case. */
const simulated = once(
  () =>
    new Set([
      ...typesWithExistence().flatMap(armTypesOf),
      'microsoft.machinelearningservices/workspaces/onlineendpoints',
      'microsoft.cognitiveservices/accounts/projects',
    ]),
);

/** ARM types of every known Terraform type, as far as its template spells them out; in lower case. */
const spelledOut = once(() => new Set(knownTemplates().flatMap(([, template]) => armTypeOf(template) ?? [])));

/** A table of a thousand rows takes ten milliseconds, which a start without a deploy need not pay. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The ARM type of a template that spells it out; children of an id in an attribute do not. */
function armTypeOf(template: string): string | undefined {
  const path = /\/providers\/([^|]+)$/.exec(template)?.[1];
  if (!path)
    return template.endsWith('/resourceGroups/{name}') ? 'microsoft.resources/resourcegroups' : undefined;
  const [namespace, ...rest] = path.split('/');
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/').toLowerCase();
}

/** The ARM types of a Terraform type, in lower case, as far as its templates spell them out. */
export function armTypesOf(type: string): readonly string[] {
  return idTemplates(type).flatMap(template => armTypeOf(template) ?? []);
}

/** Names that belong to Azure, not to a subscription: nobody creates them. */
const builtIn = new Set([
  'microsoft.authorization/roledefinitions',
  'microsoft.authorization/policydefinitions',
]);

/** Whether the simulated Azure can tell if a resource of this ARM type exists. */
export function isSimulatedType(armType: string): boolean {
  const type = armType.toLowerCase();
  return simulated().has(type) && !builtIn.has(type);
}

/** Whether a child of this ARM type can be refused because its parent is not there. */
export function isKnownParent(armType: string): boolean {
  return isSimulatedType(armType) || spelledOut().has(armType.toLowerCase());
}
