import { Fn } from 'cdktf';
import { integerConstraint, nameConstraint } from '../../constructs/constraint';
import { rejectViolations } from '../../constructs/errors';
import { hostNamesConstraint, violation } from '../../constructs/validation';
import { messageOf, surroundings } from './synthesised';

const short = nameConstraint(/^[a-z]{1,3}$/, '1 to 3 lower-case letters');

describe('violations', () => {
  it('say the prop, what is allowed, what was given and what to change', () => {
    expect(violation('name', 'long', short)).toEqual([
      'name must be 1 to 3 lower-case letters, not "long": choose a name that fits',
    ]);
  });

  it('pass over what is absent and what only Terraform knows', () => {
    expect(violation('name', undefined, short)).toEqual([]);
    expect(violation('name', Fn.join('-', ['long', 'name']), short)).toEqual([]);
  });

  it.each([
    [2, false],
    [3, true],
    [5, true],
    [6, false],
    [4.5, false],
    [NaN, false],
  ])('an integer from 3 to 5: %d is allowed: %s', (value, allowed) => {
    expect(violation('n', value, integerConstraint(3, 5, ' days'))).toEqual(
      allowed
        ? []
        : [`n must be a whole number from 3 to 5 days, not ${value}: choose a number inside the limits`],
    );
  });

  it.each([
    [['pypi.org'], true],
    [['*.a-b.example.com', 'a.example.com'], true],
    [[], true],
    [['pypi.org', 'pypi.org'], false],
    [['https://pypi.org'], false],
    [['pypi.org:443'], false],
    [['Pypi.org'], false],
    [['a.*.org'], false],
    [['localhost'], false],
  ])('host names %j are allowed: %s', (names, allowed) => {
    expect(hostNamesConstraint.holds(names)).toBe(allowed);
  });

  it('are thrown together, under the path of the construct', () => {
    const { stack } = surroundings();
    expect(messageOf(() => rejectViolations(stack, []))).toBe('nothing was thrown');
    expect(messageOf(() => rejectViolations(stack, ['one', 'two']))).toBe(
      'invalid props of dev:\n  - one\n  - two',
    );
  });
});
