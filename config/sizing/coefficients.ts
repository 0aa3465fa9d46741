import type { DecodeCoefficients } from './decode-model';
import type { PrefillCoefficients } from './prefill-model';

/**
 * Fitted on 2026-11-24 by `npm run bench -- fit` to 190 decoding and 374 prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '2026-11-24';

export const decodeCoefficients: DecodeCoefficients = {
  gpu: {
    'nvidia-graphics': {
      bandwidthLoss: 0.05454,
      compute: 1.032,
      layer: 45.85,
      width: 227.1,
    },
    'nvidia-datacentre': {
      bandwidthLoss: 0.06796,
      compute: 1.233,
      layer: 58.13,
      width: 1120,
    },
    apple: {
      bandwidthLoss: 0.0594,
      compute: 1.086,
      layer: 112.7,
      width: 353.2,
    },
    embedded: {
      bandwidthLoss: 0.05779,
      compute: 1.032,
      layer: 55.31,
      width: 316.9,
    },
    'other-gpu': {
      bandwidthLoss: 0.06273,
      compute: 1.092,
      layer: 74.2,
      width: 582.8,
    },
  },
  cpu: {
    bandwidthLoss: 0.1294,
    compute: 7.612,
    thread: 6.085,
  },
  slowHostStep: 0.8444,
  slowHostShare: 1.141,
  mixtureLayer: 21.75,
  batchCompute: 16.81,
  batchLayer: 15.9,
  batchExperts: 0.4735,
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
      rate: 878.5,
      exponent: 0.5758,
      unpackedGain: 1.311,
      attention: 13.78,
    },
    'nvidia-datacentre': {
      rate: 1327,
      exponent: 1,
      unpackedGain: 1.38,
      attention: 17.13,
    },
    apple: {
      rate: 312.8,
      exponent: 1,
      unpackedGain: 1.206,
      attention: 16.41,
    },
  },
  pipeline: 0.8684,
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
      wattPerTflops: 10,
    },
  },
};
