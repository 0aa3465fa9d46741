import { z } from 'zod';
import { endings, engineForm, hostKeyPattern, namesFile } from '../../limits/file';
import { addressForm, userForm } from '../../limits/form';
import { httpsUrl, identifier, sha256, textOf } from './basics';
import { lineageSchema } from './fine-tuning';

export const weightsSchema = z
  .strictObject({
    model: z.string().describe('Open model of the catalogue that this is, or was tuned from.'),
    format: z
      .enum(['gguf', 'safetensors'])
      .default('gguf')
      .describe('Of the file; machines run llama.cpp, which reads gguf.'),
    quantisation: z.string().describe('Such as Q4_K_M.'),
    url: httpsUrl.describe(`Where a machine downloads the file; a GGUF file ends in ${endings.weights}.`),
    revision: z.string().min(1).describe('Commit or release of the file, so that it can be found again.'),
    sha256: sha256.describe('Of the file; a machine refuses anything else.'),
    fineTuned: z
      .boolean()
      .default(false)
      .describe('Own fine-tuned weights serve only the workloads that name them.'),
    measuredQuality: z
      .number()
      .optional()
      .describe('Index that the team measured on its own task, gpt-4o-mini = 0. Default: unverified.'),
    lineage: lineageSchema
      .optional()
      .describe('What fine-tuned weights come from; berth tune register writes it. Default: unknown.'),
  })
  .describe('Weights that somebody verified.');

export const engineSchema = z
  .strictObject({
    arch: z.enum(['amd64', 'arm64']).describe('Processor that the build is for.'),
    accelerator: z.enum(['cpu', 'cuda']).describe('What it computes on: the processor, or NVIDIA GPUs.'),
    version: textOf(engineForm).describe('llama.cpp release, such as b9000.'),
    url: httpsUrl
      .refine(
        url => !URL.canParse(url) || namesFile(new URL(url), endings.engine),
        `an https URL of a ${endings.engine} file`,
      )
      .describe(`Archive of the build, a ${endings.engine} file.`),
    sha256: sha256.describe('Of the archive.'),
  })
  .describe('A build of the inference engine.');

const measuredHardwareSchema = z
  .strictObject({
    memoryGib: z
      .number()
      .positive()
      .describe('Memory of the machine, GiB; taken for shared, so that part of it is left to the system.'),
    memoryBandwidthGbs: z.number().positive().describe('Peak, in 1e9 bytes a second.'),
    runsOn: z.enum(['cpu', 'gpu']).describe('What computes: the processor, or an NVIDIA GPU.'),
    arch: z.enum(['amd64', 'arm64']).describe('Processor.'),
  })
  .describe('Measures of hardware that the device table does not know.');

export const deviceSchema = z
  .strictObject({
    site: identifier.describe('Where it stands; only workloads that name the site are placed on it.'),
    hardware: z
      .union([z.string().describe('Id in the device table.'), measuredHardwareSchema])
      .describe('Hardware of the device table, or measures of your own.'),
    connected: z
      .boolean()
      .default(true)
      .describe(
        'Whether callers elsewhere can reach it. A disconnected device serves only offline workloads.',
      ),
    connection: z
      .strictObject({
        host: textOf(addressForm).describe('Name or IPv4 address that the operator reaches it by.'),
        port: z.number().int().min(1).max(65535).default(22).describe('Port of SSH, 1 to 65535.'),
        user: textOf(userForm).default('berth').describe('User who logs in, and may use sudo.'),
        hostKey: z
          .string()
          .regex(hostKeyPattern, 'a public host key, one line ssh-ed25519 AAAA…')
          .describe('Public host key, one line; the connection is refused when it differs.'),
      })
      .optional()
      .describe('How the operator reaches it over SSH. Default: it is the machine that berth up runs on.'),
    monthlyUsd: z
      .number()
      .nonnegative()
      .default(0)
      .describe('Upkeep charged to the device, USD a month; power too, unless power says it.'),
    power: z
      .strictObject({
        watts: z
          .number()
          .positive()
          .optional()
          .describe('Drawn on average. Default: the peak in the device table.'),
        usdPerKwh: z.number().nonnegative().describe('USD for a kilowatt-hour.'),
      })
      .optional()
      .describe('Power that is charged on top of monthlyUsd, for all 730 hours of a month. Default: none.'),
  })
  .describe('An owned device.');

export const verifiedSchema = z
  .strictObject({
    model: z.string().describe('Hosted or open model of the catalogue.'),
    by: z.string().min(1).describe('Who measured it and when; shown in the explanation.'),
    languages: z.array(z.string()).min(1).optional().describe('Languages in which it was found good enough.'),
    contextTokens: z.number().int().positive().optional().describe('Context that was tried.'),
    quality: z
      .number()
      .optional()
      .describe(
        "Index on the team's own task, gpt-4o-mini = 0, with the least thinking that callers can ask for.",
      ),
    firstTokenSeconds: z.number().positive().optional().describe('Measured at the peak.'),
    tokensPerSecond: z.number().positive().optional().describe('Measured at the peak.'),
  })
  .describe('What the team measured itself of a model; it stands in for what the catalogue does not know.');

export const measuredSchema = z
  .strictObject({
    on: z.string().min(1).describe('Size of machine, such as Standard_NC4as_T4_v3, or a key of devices.'),
    model: z
      .string()
      .min(1)
      .describe('As callers name it: an open model, or a key of weights that are fine-tuned.'),
    quantisation: z.string().min(1).describe('Of the file that was measured, such as Q4_K_M.'),
    promptTokensPerSecond: z.number().positive().describe('Of a prompt of 512 tokens; pp512 of llama-bench.'),
    decodeTokensPerSecond: z
      .number()
      .positive()
      .optional()
      .describe(
        'Of one sequence by itself; tg128 of llama-bench. Default: it puts out none, as for embeddings.',
      ),
    by: z.string().min(1).describe('Who measured it, with what and when; shown by berth facts.'),
  })
  .describe('How fast a model is on a machine or device, as somebody measured it; berth measure writes it.');
