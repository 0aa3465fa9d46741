import type { DecodeCoefficients } from './decode-model';
import type { PrefillCoefficients } from './prefill-model';

/**
 * Fitted on 2026-11-30 by `npm run fit` to 576 decoding and 877 prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '2026-11-30';

export const decodeCoefficients: DecodeCoefficients = {
  gpu: {
    'nvidia-graphics': {
      bandwidthLoss: 0.06894,
      compute: 1.479,
      layer: 53.28,
      width: 181.9,
    },
    'nvidia-datacentre': {
      bandwidthLoss: 0.08458,
      compute: 1.973,
      layer: 75.21,
      width: 343,
    },
    apple: {
      bandwidthLoss: 0.06604,
      compute: 1.466,
      layer: 115.7,
      width: 278.7,
    },
    embedded: {
      bandwidthLoss: 0.08134,
      compute: 1.884,
      layer: 73.21,
      width: 378.4,
    },
    'other-gpu': {
      bandwidthLoss: 0.07787,
      compute: 1.581,
      layer: 96.57,
      width: 473.4,
    },
  },
  cpu: {
    bandwidthLoss: 0.03328,
    sharedLoss: 0.6872,
    compute: 5.447,
    thread: 3.798,
  },
  slowHostStep: 0.8225,
  slowHostShare: 1.199,
  mixtureLayer: 22.63,
  batchCompute: 16.23,
  batchLayer: 19.83,
  severalLayer: 93.53,
  slicing: 1.168,
  chips: {
    'AMD Radeon AI Pro R9700': 0.7282,
    'Apple M1, 8 GPU cores': 0.9616,
    'Apple M2 Ultra, 76 GPU cores': 1.043,
    GA100: 1.113,
    'GA102 as A10': 1.082,
    GH100: 1.002,
    'NVIDIA B300 SXM': 1.193,
    'NVIDIA GB10': 0.9808,
    'NVIDIA H20': 1.191,
    'NVIDIA H200 SXM': 1.108,
    'NVIDIA Jetson AGX Orin 64GB': 1.061,
    'NVIDIA Jetson AGX Thor': 0.8261,
    'NVIDIA Jetson T4000': 1.423,
    'NVIDIA L4': 1.055,
    'NVIDIA L40S': 1.029,
    'NVIDIA Quadro RTX 5000': 1.161,
    'NVIDIA RTX 3080 Ti': 0.9958,
    'NVIDIA RTX 4070 Ti': 0.8593,
    'NVIDIA RTX 4080': 0.9226,
    'NVIDIA RTX 4090': 0.9394,
    'NVIDIA RTX A4000': 0.9974,
    'NVIDIA RTX PRO 6000 Server': 1,
    'NVIDIA T4': 1.571,
    'NVIDIA V100': 0.9452,
  },
  typical: {
    gpu: {
      'nvidia-graphics': {
        vector: 0.05094,
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
        vector: 0.01985,
        matrix: 0.1871,
      },
      'other-gpu': {
        vector: 0.03437,
        matrix: 0.1279,
      },
    },
    cpu: {
      vector: 0.008887,
      cores: 13,
    },
  },
};

export const prefillCoefficients: PrefillCoefficients = {
  classes: {
    'nvidia-graphics': {
      rate: 708.4,
      unpackedGain: 1.252,
      attention: 5.924,
    },
    'nvidia-datacentre': {
      rate: 1161,
      unpackedGain: 1.252,
      attention: 5.612,
    },
    apple: {
      rate: 356,
      unpackedGain: 1.236,
      attention: 11.09,
    },
    embedded: {
      rate: 567.9,
      unpackedGain: 1.252,
      attention: 4.775,
    },
    'other-gpu': {
      rate: 976.3,
      unpackedGain: 1.252,
      attention: 8.471,
    },
    cpu: {
      rate: 647.3,
      unpackedGain: 1.252,
      attention: 28.49,
    },
  },
  passing: 104.1,
  piece: 489.7,
  mixture: 1.295,
  slicing: 1.056,
  pipeline: 0.17,
  instructions: {
    neon: 0.3147,
    avx2: 0.5534,
    avx512: 0.7546,
    amx: 2.054,
  },
  chips: {
    'Apple M1 Max, 32 GPU cores': 1.33,
    'Apple M2 Ultra, 76 GPU cores': 1.129,
    'Apple M3 Max, 40 GPU cores': 1.016,
    GA100: 1.039,
    'GA102 as A10': 0.7585,
    GH100: 0.8721,
    'NVIDIA GB10': 0.8731,
    'NVIDIA H200 SXM': 0.9627,
    'NVIDIA L4': 1.014,
    'NVIDIA L40S': 0.749,
    'NVIDIA Quadro RTX 5000': 0.9499,
    'NVIDIA RTX PRO 6000 Server': 0.6317,
    'NVIDIA T4': 1.227,
    'NVIDIA V100': 1.679,
  },
  typical: {
    'nvidia-graphics': 0.05094,
    'nvidia-datacentre': 0.01794,
    apple: 0.034,
    embedded: 0.01985,
    'other-gpu': 0.03437,
    cpu: 0.008887,
  },
};
