import { isOlder } from '../../text/version';

it.each([
  ['0.9.0', '0.10.0', true],
  ['0.10.0', '0.9.0', false],
  ['1.0.0', '1.0.0', false],
  ['1.11.4', '1.9.0', false],
  ['1.0.0-rc.1', '1.0.0', false],
])('of %s and %s, whether the first is older is %p', (version, than, expected) => {
  expect(isOlder(version, than)).toBe(expected);
});
