const words = (text: string): readonly string[] => text.split(' ');

/** Kinds of a cognitive account. Source: validation of azurerm 4.55, read 2026-11. */
export const accountKinds = words(
  'Academic AIServices AnomalyDetector Bing.Autosuggest Bing.Autosuggest.v7 Bing.CustomSearch ' +
    'Bing.Search Bing.Search.v7 Bing.Speech Bing.SpellCheck Bing.SpellCheck.v7 CognitiveServices ' +
    'ComputerVision ContentModerator ContentSafety ConversationalLanguageUnderstanding CustomSpeech ' +
    'CustomVision.Prediction CustomVision.Training Emotion Face FormRecognizer ImmersiveReader LUIS ' +
    'LUIS.Authoring MetricsAdvisor OpenAI Personalizer QnAMaker Recommendations SpeakerRecognition Speech ' +
    'SpeechServices SpeechTranslation TextAnalytics TextTranslation WebLM',
);

/** SKUs of a cognitive account. Source: validation of azurerm 4.55, read 2026-11. */
export const accountSkus = words('C2 C3 C4 D3 DC0 E0 F0 F1 P0 P1 P2 S S0 S1 S2 S3 S4 S5 S6');
