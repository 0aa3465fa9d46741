import { Token } from 'cdktf';
import { locationForm, zoneNameForm } from '../limits/form';
import { anyArmId, armIdForm, armIdPattern } from '../text/arm-id';
import { formConstraint, nameConstraint, violationOf } from './constraint';
import type { Constraint } from './constraint';

/**
 * The violation of one constraint by one prop, or none. An absent value and an unresolved token pass: the first has a
 * default, the second is known only to Terraform.
 */
export function violation<T>(prop: string, value: T | undefined, constraint: Constraint<T>): string[] {
  return value === undefined || Token.isUnresolved(value) ? [] : violationOf(prop, value, constraint);
}

/** What a name is made of that has to be known at synthesis: of a token it is not. @param advice what to name instead */
export function knownAtSynthesis(prop: string, value: string, advice: string): string[] {
  return Token.isUnresolved(value) ? [`${prop} must be known at synthesis: ${advice}`] : [];
}

/**
 * The ARM id of a resource.
 * @param type provider and type segments, such as `Microsoft.KeyVault/vaults`. @default - any type
 */
export function armIdConstraint(type?: string): Constraint<string> {
  const pattern = type === undefined ? anyArmId : armIdPattern(type);
  return {
    allowed: type === undefined ? 'an ARM id' : `an ARM id ${armIdForm(type)}`,
    advice: 'copy it from the portal or from `az resource list`',
    holds: id => pattern.test(id),
  };
}

/** The ARM id of a resource group. */
export const groupIdConstraint: Constraint<string> = {
  ...armIdConstraint(),
  allowed: `an ARM id ${armIdForm()}`,
  holds: id => armIdPattern().test(id),
};

export const locationConstraint: Constraint<string> = {
  ...formConstraint(locationForm),
  advice: 'write its name without blanks',
};

export const guidConstraint: Constraint<string> = {
  allowed: 'a GUID',
  advice: 'copy it from the portal or from `az`',
  holds: value => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
};

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
export const groupNameConstraint = nameConstraint(
  /^[\w.()-]{0,89}[\w()-]$/,
  '1 to 90 letters, digits, underscores, hyphens, full stops and parentheses, not ending with a full stop',
);

export const zoneNameConstraint = formConstraint(zoneNameForm);

/** Host names, each with at most one asterisk, for its first label. */
export const hostNamesConstraint: Constraint<readonly string[]> = {
  allowed: 'different host names in lower case, such as pypi.org or *.pythonhosted.org',
  advice: 'write only the host, without scheme, port or path',
  holds: names => new Set(names).size === names.length && names.every(name => hostName.test(name)),
};

const hostName = /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
