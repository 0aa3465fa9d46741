const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites that take a minute and more, the longest first. Without the durations of an earlier run, as on a fresh machine, jest starts with
 * the largest files, and these are short: the last of them would run alone.
 */
const longest = [
  'constructs/host/real/real-device',
  'evolution/evolution',
  'bin/deploy-moves',
  'bin/deploy',
  'bin/destroy',
  'rehearsal/reliability/sweep',
  'stacks/moves',
  'stacks/kept',
  'constructs/host/rehearsed',
  'bin/rehearse',
  'stacks/dev-life',
  'bin/preview',
  'stacks/one-cli',
  'hostile/environment',
  'agreement/agreement',
  'constructs/rehearsed',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = longest.findIndex(name => path.endsWith(`/test/${name}.test.ts`));
      return rank < 0 ? longest.length : rank;
    };
    return [...super.sort(tests)].sort((a, b) => rankOf(a) - rankOf(b));
  }
};
