import type { IConstruct } from 'constructs';

/** An `App` of cdktf or cdktn. A structure, because TypeScript takes no class with private parts for another one. */
export interface AppLike extends IConstruct {
  /** Where the app writes its stacks. */
  readonly outdir: string;
  /** Writes the stacks. */
  synth(): void;
}

/** A `TerraformStack` of cdktf or cdktn. */
export interface StackLike extends IConstruct {
  /** Writes the stack. */
  readonly synthesizer: { synthesize: (...args: never[]) => void };
  /** The stack as Terraform reads it. */
  toTerraform(): unknown;
}

/** What to rehearse. */
export type Target =
  | string
  | {
      /**
       * A cdktf app (it holds `cdktf.json`), a cdktf output directory (it holds `manifest.json`), or a directory of
       * Terraform files.
       */
      readonly directory: string;
      /** Variables for the app's synthesis. @default - none */
      readonly environmentVariables?: Readonly<Record<string, string>>;
    }
  | {
      /** Synthesises a cdktf app into a directory, which exists and is empty. */
      readonly synthesise: (outdir: string) => void;
    }
  | InMemory;

/** An app that is not synthesised yet, or what of it to rehearse. */
export type InMemory = AppLike | StackLike | readonly StackLike[];
