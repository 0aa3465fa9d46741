import type { EndpointAddress } from '../stacks/own-machine';

/** A small call of each API: its path below the base URL, and what is sent. */
export function smallCall(
  { api, model }: Pick<EndpointAddress, 'api' | 'model'>,
  text = 'Hello',
): readonly [path: string, input: object] {
  const messages = [{ role: 'user', content: text }];
  switch (api) {
    case 'openai-embeddings':
      return ['/embeddings', { model, input: text }];
    case 'openai-images':
      return ['/images/generations', { model, prompt: 'A ship at a berth' }];
    case 'openai-batch':
      return [
        '/batches',
        { input_file_id: '<file>', endpoint: '/v1/chat/completions', completion_window: '24h' },
      ];
    case 'anthropic-messages':
      return ['/v1/messages', { model, max_tokens: 256, messages }];
    case 'azureml-score':
      return ['', { input_data: { input_string: messages } }];
    default:
      return ['/chat/completions', { model, messages }];
  }
}
