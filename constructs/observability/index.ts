export { DiagnosticSettings } from './diagnostic-settings';
export type { DiagnosticSettingsProps } from './diagnostic-settings';
export { LogWorkspace } from './log-workspace';
export type { ILogWorkspace, LogWorkspaceAttributes, LogWorkspaceProps } from './log-workspace';
