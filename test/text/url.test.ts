import { credentialIn } from '../../text/url';

describe('the credential in a URL', () => {
  it.each([
    ['https://a.example.com/x.gguf?sig=abc', 'the query key sig'],
    ['https://a.example.com/x.gguf?sv=2024&se=2027&sr=b&sp=r&SIG=abc', 'the query key SIG'],
    ['https://a.example.com/x.gguf?token=abc', 'the query key token'],
    ['https://a.example.com/x.gguf?access_token=abc', 'the query key access_token'],
    ['https://a.example.com/x.gguf?X-Amz-Signature=abc', 'the query key X-Amz-Signature'],
    ['https://a.example.com/x.gguf?X-Amz-Security-Token=abc', 'the query key X-Amz-Security-Token'],
    ['https://a.example.com/x.gguf?X-Amz-Credential=abc', 'the query key X-Amz-Credential'],
    ['https://a.example.com/x.gguf?X-Goog-Signature=abc', 'the query key X-Goog-Signature'],
    ['https://a.example.com/x.gguf?AWSAccessKeyId=abc', 'the query key AWSAccessKeyId'],
    ['https://a.example.com/x.gguf?GoogleAccessId=abc', 'the query key GoogleAccessId'],
    ['https://a.example.com/x.gguf?Key-Pair-Id=abc', 'the query key Key-Pair-Id'],
    ['https://a.example.com/x.gguf?api-key=abc', 'the query key api-key'],
    ['https://a.example.com/x.gguf?apikey=abc', 'the query key apikey'],
    ['https://a.example.com/x.gguf?subscription-key=abc', 'the query key subscription-key'],
    ['https://a.example.com/x.gguf?client_secret=abc', 'the query key client_secret'],
    ['https://a.example.com/x.gguf?private_token=abc', 'the query key private_token'],
    ['https://a.example.com/x.gguf?code=abc', 'the query key code'],
    ['https://a.example.com/x.gguf?pwd=abc', 'the query key pwd'],
    ['https://a.example.com/x.gguf#access_token=abc', 'the query key access_token'],
    ['https://me@a.example.com/x.gguf', 'user info'],
    ['https://:secret@a.example.com/x.gguf', 'user info'],
    ['https://a.example.com/x.gguf?download=true&v=2&revision=main', undefined],
    ['https://a.example.com/tokens/key/x.gguf?tokenizer=bpe&monkey=1', undefined],
  ])('%s: %s', (url, found) => {
    expect(credentialIn(new URL(url))).toBe(found);
  });
});
