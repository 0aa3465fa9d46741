import { utils } from 'ssh2';
import { generateKeyPair } from '../../../rehearsal/device/key-pair';

describe('a generated key', () => {
  it('can always be read back, and signs', () => {
    for (let n = 0; n < 1000; n++) {
      const { key, publicKey } = generateKeyPair();
      const read = utils.parseKey(publicKey);
      if (read instanceof Error) throw read;
      expect(read.verify(Buffer.from('data'), key.sign(Buffer.from('data')))).toBe(true);
    }
  });
});
