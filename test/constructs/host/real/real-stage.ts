import { createServer } from 'node:net';
import { sha256 } from '../../../../bench/machines/file-server';
import type { RowStage, Wrong } from './device-rows';
import { home } from './device-trial';
import type { DeviceTrial } from './device-trial';
import { badEngine } from './engines';

/** Makes what is wrong on a real device; `trial.mend()` takes it back. */
export function stageOf(trial: DeviceTrial): RowStage {
  const { recipe, files, machine } = trial;
  const weights = (path: string, content: Buffer, hash?: string): Wrong => {
    const file = files.put(path, content);
    const spec = { ...file, sha256: hash ?? file.sha256, revision: '2', format: 'gguf' } as const;
    return { change: { models: trial.changed({ weights: spec }) }, troubles: {} };
  };
  return {
    recipe,
    badEngine: what => {
      const archive = files.put('/bad-engine.tar.gz', badEngine(trial.folder, what));
      return { change: { engine: { ...recipe.engine, ...archive } }, troubles: {} };
    },
    brokenWeights: () => weights('/broken.gguf', Buffer.from('GGUF, but broken')),
    otherWeights: served => {
      const wrong = weights('/other.gguf', Buffer.from('what is there'), sha256('what was verified'));
      if (served === 'nothing') files.remove('/other.gguf');
      return wrong;
    },
    takenPort: async () => {
      const port = trial.port + 500;
      const program = createServer();
      await new Promise<void>(listening => program.listen(port, '127.0.0.1', listening));
      trial.mendBy(() => void program.close());
      return { change: { port }, troubles: {} };
    },
    fullDisk: async () => {
      const folder = `${home}/artifacts`;
      await machine.sh(`mount -t tmpfs -o size=64k tmpfs ${folder}`);
      trial.mendBy(() => machine.sh(`umount ${folder}`));
      return weights('/large.gguf', Buffer.alloc(1 << 20, 'x'));
    },
  };
}
