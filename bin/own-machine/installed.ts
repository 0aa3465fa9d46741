/** What somebody has already, and wants to be used. */
export interface Installed {
  /** Path of llama-server. @default - the build of the environment */
  readonly engine?: string;
  /** Path of a GGUF file. @default - the environment's own */
  readonly weights?: string;
  /** Open model that the file is of. @default - as its name says */
  readonly model?: string;
}
