import { readFileSync } from 'node:fs';
import { catalog, numbered, parseLock, recordOf, recordProblem, settledConditions } from '../../config';
import { lockText } from '../../lock/lock';
import { version } from '../../text/version';

const text = readFileSync('config/environments/dev.lock.json', 'utf8');
const lock = parseLock(text, 'dev.lock.json', '', catalog);

describe('the number of a lock', () => {
  it('is one more whenever it says something else', () => {
    const first = numbered(lock);
    expect(first.serial).toBe(1);
    expect(numbered(lock, lockText(first)).serial).toBe(1);
    const changed = { ...lock, coming: ['intent-classifier'] };
    const second = numbered(changed, lockText(first));
    expect(second.serial).toBe(2);
    expect(numbered(changed, lockText(second)).serial).toBe(2);
  });

  it('stays away from a lock of a Berth that did not count, until it changes', () => {
    expect(numbered(lock, text).serial).toBeUndefined();
    expect(numbered({ ...lock, coming: ['intent-classifier'] }, text).serial).toBe(1);
  });

  it('is above both sides of a merge, and survives a lock that is cut off', () => {
    const sides = [4, 6].map(serial => `  "serial": ${serial}\n`);
    expect(numbered(lock, `<<<<<<< ours\n${sides.join('=======\n')}>>>>>>> theirs\n`).serial).toBe(7);
    expect(numbered(lock, `{\n  "moves": [],\n  "serial": 3`).serial).toBe(4);
  });
});

describe('what a state records of its lock', () => {
  const own = { ...lock, serial: 3, coming: lock.decision.units.map(({ id }) => id) };

  it('is the same after what came serves', () => {
    expect(recordOf({ ...own, ...settledConditions })).toEqual(recordOf(own));
    expect(recordOf(lock)).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['something else', { value: 1 }],
    ['the same lock', recordOf(own)],
    ['an earlier lock', { berth: '0.0.9', serial: 2, digest: 'other' }],
  ])('lets it be deployed over %s', (_, before) => {
    expect(recordProblem('dev-hosts', before, own, 'dev.lock.json')).toBeUndefined();
  });

  const recorded = recordOf(own) as object;

  it.each([
    [
      'from an earlier lock than the deployed one',
      { ...recorded, serial: 7 },
      'dev-hosts was deployed from lock 7, and dev.lock.json is lock 3: take the later one from your version control; to go back, change the environment and place it again over that',
    ],
    [
      'from another lock of the same number',
      { ...recorded, digest: 'other' },
      'dev-hosts was deployed from lock 3, and dev.lock.json is lock 3 too, but another one: it was placed in two places at once; bring both together in your version control and place again',
    ],
    [
      'by an older Berth than the deployed one',
      { ...recorded, berth: '99.1.0' },
      `dev-hosts was deployed by Berth 99.1.0, and this is ${version()}: upgrade cdktf-berth to 99.1.0`,
    ],
  ])('refuses it %s', (_, before, problem) => {
    expect(recordProblem('dev-hosts', before, own, 'dev.lock.json')).toBe(problem);
  });
});
