import type { EngineSpec, RecipeSpec, ServedModelSpec } from '../../../constructs/host/engine';

export const engine: EngineSpec = {
  version: 'b6900',
  url: 'https://example.com/llama-b6900-bin-ubuntu-x64.tar.gz',
  sha256: 'e'.repeat(64),
  arch: 'amd64',
  accelerator: 'cpu',
};

export const chat: ServedModelSpec = {
  model: 'phi-4-mini-instruct',
  api: 'chat',
  weights: {
    url: 'https://example.com/phi-4-mini.Q4_K_M.gguf',
    revision: '1a2b3c4',
    sha256: 'a'.repeat(64),
    format: 'gguf',
  },
  contextTokens: 8192,
  parallel: 4,
};

export const embeddings: ServedModelSpec = {
  model: 'bge-m3',
  api: 'embeddings',
  weights: {
    url: 'https://example.com/bge-m3.Q8_0.gguf',
    revision: '5d6e7f8',
    sha256: 'b'.repeat(64),
    format: 'gguf',
  },
  contextTokens: 512,
  parallel: 16,
};

export const recipe: RecipeSpec = {
  unit: 'support',
  address: 'support.dev-1a2b3.berth.internal',
  engine,
  models: [chat, embeddings],
};
