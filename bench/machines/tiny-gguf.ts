/** Value types of GGUF's metadata; https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. */
const kind = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;
const embedding = 32;
const feedForward = 64;
const bytes = 256;
const specialTokens = ['<unk>', '<s>', '</s>'];
const alignment = 32;

const uint32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};
const uint64 = (value: number) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
const floats = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer);
const text = (value: string) => Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
const array = (type: number, items: readonly Buffer[]) =>
  Buffer.concat([uint32(type), uint64(items.length), ...items]);
const padded = (buffer: Buffer) =>
  Buffer.concat([buffer, Buffer.alloc((alignment - (buffer.length % alignment)) % alignment)]);

function metadata(): Buffer[] {
  const tokens = [
    ...specialTokens,
    ...Array.from({ length: bytes }, (_, byte) => `<0x${byte.toString(16).padStart(2, '0').toUpperCase()}>`),
  ];
  const tokenKinds = tokens.map((_, index) => (index === 0 ? 2 : index < specialTokens.length ? 3 : 6));
  const entries: [string, number, Buffer][] = [
    ['general.architecture', kind.string, text('llama')],
    ...Object.entries({
      'llama.context_length': 2048,
      'llama.embedding_length': embedding,
      'llama.block_count': 1,
      'llama.feed_forward_length': feedForward,
      'llama.attention.head_count': 2,
      'llama.attention.head_count_kv': 2,
      'llama.rope.dimension_count': 16,
      'llama.vocab_size': tokens.length,
      'tokenizer.ggml.unknown_token_id': 0,
      'tokenizer.ggml.bos_token_id': 1,
      'tokenizer.ggml.eos_token_id': 2,
    }).map(([key, value]): [string, number, Buffer] => [key, kind.uint32, uint32(value)]),
    ['llama.attention.layer_norm_rms_epsilon', kind.float32, floats([1e-5])],
    ['tokenizer.ggml.model', kind.string, text('llama')],
    ['tokenizer.ggml.tokens', kind.array, array(kind.string, tokens.map(text))],
    [
      'tokenizer.ggml.scores',
      kind.array,
      array(
        kind.float32,
        tokens.map(() => floats([0])),
      ),
    ],
    ['tokenizer.ggml.token_type', kind.array, array(kind.int32, tokenKinds.map(uint32))],
  ];
  return entries.map(([key, type, value]) => Buffer.concat([text(key), uint32(type), value]));
}

/** A fixed sequence of small numbers, so that every file is the same. */
function* weights(): Generator<number> {
  for (let state = 1; ; state = (state * 48_271) % 2_147_483_647) yield (state / 2_147_483_647 - 0.5) * 0.4;
}

/**
 * A language model of one layer with a byte-level vocabulary and arbitrary weights. It proves that a host loads, serves
 * and guards a model; it says nothing of quality.
 */
export function tinyGguf(): Buffer {
  const vocabulary = specialTokens.length + bytes;
  const square = [embedding, embedding];
  const shapes: Readonly<Record<string, readonly number[]>> = {
    'token_embd.weight': [embedding, vocabulary],
    'blk.0.attn_norm.weight': [embedding],
    'blk.0.attn_q.weight': square,
    'blk.0.attn_k.weight': square,
    'blk.0.attn_v.weight': square,
    'blk.0.attn_output.weight': square,
    'blk.0.ffn_norm.weight': [embedding],
    'blk.0.ffn_gate.weight': [embedding, feedForward],
    'blk.0.ffn_up.weight': [embedding, feedForward],
    'blk.0.ffn_down.weight': [feedForward, embedding],
    'output_norm.weight': [embedding],
    'output.weight': [embedding, vocabulary],
  };
  const numbers = weights();
  const infos: Buffer[] = [];
  let data = Buffer.alloc(0);
  for (const [name, shape] of Object.entries(shapes)) {
    const float32 = 0;
    infos.push(
      Buffer.concat([
        text(name),
        uint32(shape.length),
        ...shape.map(uint64),
        uint32(float32),
        uint64(data.length),
      ]),
    );
    const size = shape.reduce((product, length) => product * length, 1);
    const values = Array.from({ length: size }, () =>
      shape.length === 1 ? 1 : Number(numbers.next().value),
    );
    data = padded(Buffer.concat([data, floats(values)]));
  }
  const pairs = metadata();
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(infos.length),
    uint64(pairs.length),
    ...pairs,
    ...infos,
  ]);
  return Buffer.concat([padded(header), data]);
}
