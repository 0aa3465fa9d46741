/**
 * How a caller reaches a model. Framework-free, and known before anything is deployed: every name in it is chosen by
 * Berth, so the same address holds for Terraform and CloudFormation.
 */
export interface EndpointAddress {
  /**
   * What the endpoint speaks. `openai-*` is the OpenAI API under `baseUrl`; `openai-batch` only its files and batches,
   * with answers within a day; `anthropic-messages` is Anthropic's Messages API, at `/v1/messages`; `azureml-score` is the scoring URI of a
   * managed online endpoint whose container is not OpenAI-compatible.
   */
  readonly api:
    | 'openai-chat'
    | 'openai-embeddings'
    | 'openai-images'
    | 'openai-batch'
    | 'anthropic-messages'
    | 'azureml-score';
  /** Ends without a slash, such as `https://aif-dev-1a2b3.openai.azure.com/openai/v1`. */
  readonly baseUrl: string;
  /** What a caller puts in the request's `model` field. */
  readonly model: string;
  /**
   * How a caller shares its requests among several deployments of the account, as far as it can: percent by what goes into `model`,
   * which sum to 100. `model` is the one with the most. @default - all requests go to `model`
   */
  readonly shares?: Readonly<Record<string, number>>;
  /** `entra-id`: a bearer token for `audience`. `api-key`: a key that the host made and keeps in `keySource`. */
  readonly auth: 'entra-id' | 'api-key' | 'none';
  /** Scope to ask Entra ID for; only with `entra-id`. */
  readonly audience?: string;
  /** Where an authorised caller reads the key, such as a Key Vault secret URI; only with `api-key`. Never the key. */
  readonly keySource?: string;
}
