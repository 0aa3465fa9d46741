import { checkPlatform } from '../../../rehearsal/run/platform';
import { rehearse } from '../../../testing';

const actual = process.platform;
afterEach(() => Object.defineProperty(process, 'platform', { value: actual }));

describe('where a rehearsal runs', () => {
  it('is Linux, without a word', () => {
    const said: string[] = [];
    checkPlatform('linux', message => said.push(message));
    expect(said).toEqual([]);
  });

  it('may be macOS, which is said', () => {
    const said: string[] = [];
    checkPlatform('darwin', message => said.push(message));
    expect(said).toEqual([
      'rehearsals are made for Linux and tested only there; on macOS one may fail where Linux would not: then run it in a container',
    ]);
  });

  it('is not Windows, which is said before anything is started', async () => {
    Object.defineProperty(process, 'platform', { value: 'win32' });
    await expect(rehearse('.')).rejects.toMatchObject({
      name: 'Unrehearsable',
      message:
        'a rehearsal needs Linux (Unix sockets, signals and /bin/sh), and this is Windows: run it in WSL 2 or in a container; explain, place and synthesis work here',
    });
  });
});
