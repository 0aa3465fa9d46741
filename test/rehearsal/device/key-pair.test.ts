import { utils } from 'ssh2';
import { generateKeyPair } from '../../../rehearsal/device/key-pair';

describe('a generated key', () => {
  it('can always be read back, and signs', () => {
    for (let n = 0; n < 1000; n++) {
      const pair = generateKeyPair();
      const read = utils.parseKey(pair.publicKey);
      const key = utils.parseKey(pair.privateKey);
      if (read instanceof Error || key instanceof Error) throw new Error('a key cannot be read back');
      expect(read.verify(Buffer.from('data'), key.sign(Buffer.from('data')))).toBe(true);
    }
  });
});
