import type { DecodeCoefficients } from './decode-model';
import type { PrefillCoefficients } from './prefill-model';

/**
 * Fitted on 2026-11-26 by `npm run fit` to 190 decoding and 374 prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '2026-11-26';

export const decodeCoefficients: DecodeCoefficients = {
  gpu: {
    'nvidia-graphics': {
      bandwidthLoss: 0.05442,
      compute: 1.032,
      layer: 45.88,
      width: 227.2,
    },
    'nvidia-datacentre': {
      bandwidthLoss: 0.06774,
      compute: 1.233,
      layer: 58.13,
      width: 1120,
    },
    apple: {
      bandwidthLoss: 0.05924,
      compute: 1.087,
      layer: 112.8,
      width: 353.2,
    },
    embedded: {
      bandwidthLoss: 0.05737,
      compute: 1.033,
      layer: 55.43,
      width: 316.5,
    },
    'other-gpu': {
      bandwidthLoss: 0.06255,
      compute: 1.093,
      layer: 74.25,
      width: 582.8,
    },
  },
  cpu: {
    bandwidthLoss: 0.1292,
    compute: 7.625,
    thread: 6.089,
  },
  slowHostStep: 0.8446,
  slowHostShare: 1.141,
  mixtureLayer: 21.62,
  batchCompute: 16.77,
  batchLayer: 15.85,
  typical: {
    gpu: {
      'nvidia-graphics': {
        vector: 0.052,
        matrix: 0.1169,
      },
      'nvidia-datacentre': {
        vector: 0.01794,
        matrix: 0.2033,
      },
      apple: {
        vector: 0.034,
        matrix: 0.034,
      },
      embedded: {
        vector: 0.02059,
        matrix: 0.1667,
      },
      'other-gpu': {
        vector: 0.03437,
        matrix: 0.1279,
      },
    },
    cpu: {
      vector: 0.008887,
      cores: 12,
    },
  },
};

export const prefillCoefficients: PrefillCoefficients = {
  classes: {
    'nvidia-graphics': {
      rate: 1159,
      perWatt: 163.7,
      unpackedGain: 1.791,
      attention: 16.61,
    },
    'nvidia-datacentre': {
      rate: 1352,
      perWatt: null,
      unpackedGain: 1.381,
      attention: 11.53,
    },
    apple: {
      rate: 315.2,
      perWatt: null,
      unpackedGain: 1.211,
      attention: 14.98,
    },
  },
  pipeline: 0.6632,
  typical: {
    'nvidia-graphics': {
      vectorPerGbs: 0.052,
      wattPerTflops: 7.292,
    },
    'nvidia-datacentre': {
      vectorPerGbs: 0.01794,
      wattPerTflops: 10.26,
    },
    apple: {
      vectorPerGbs: 0.034,
      wattPerTflops: null,
    },
  },
};
