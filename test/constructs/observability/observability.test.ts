import { DiagnosticSettings, LogWorkspace } from '../../../constructs/observability';
import { group, inventory, messageOf, only, resourcesOf, surroundings } from '../synthesised';

describe('a log workspace', () => {
  it('takes entries of Entra ID identities only and keeps them for 30 days', () => {
    const { stack, resourceGroup } = surroundings();
    new LogWorkspace(stack, 'Made', { name: 'log-new', resourceGroup });
    expect(only(resourcesOf(stack), 'azurerm_log_analytics_workspace')).toEqual({
      name: 'log-new',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      sku: 'PerGB2018',
      retention_in_days: 30,
      local_authentication_enabled: false,
    });
  });

  it('takes another place, retention and quota', () => {
    const { stack, resourceGroup } = surroundings();
    const props = {
      name: 'log-new',
      resourceGroup,
      location: 'northeurope',
      retentionDays: 730,
      dailyQuotaGb: 0.5,
    };
    new LogWorkspace(stack, 'Made', props);
    expect(only(resourcesOf(stack), 'azurerm_log_analytics_workspace')).toMatchObject({
      location: 'northeurope',
      retention_in_days: 730,
      daily_quota_gb: 0.5,
    });
  });

  it('can be an existing one, which makes nothing', () => {
    const { stack, logWorkspace } = surroundings();
    expect(inventory(resourcesOf(stack))).toEqual({});
    expect(logWorkspace.id).toBe(`${group}/providers/Microsoft.OperationalInsights/workspaces/log-dev`);
  });

  it('reports every prop that Azure would refuse, at once', () => {
    const { stack, resourceGroup } = surroundings();
    const props = { name: 'log', resourceGroup, retentionDays: 29, dailyQuotaGb: 0 };
    expect(messageOf(() => new LogWorkspace(stack, 'Made', props))).toBe(
      [
        'invalid props of dev/Made:',
        '  - name must be 4 to 63 letters, digits and hyphens that begin and end with a letter or digit, not "log": choose a name that fits',
        '  - retentionDays must be a whole number from 30 to 730 days, not 29: choose a number inside the limits',
        '  - dailyQuotaGb must be more than 0 GB, not 0: leave it out for no limit',
      ].join('\n'),
    );
  });

  it.each([
    [29, false],
    [30, true],
    [730, true],
    [731, false],
  ])('%d days of retention are allowed: %s', (retentionDays, allowed) => {
    const { stack, resourceGroup } = surroundings();
    const message = messageOf(
      () => new LogWorkspace(stack, 'Made', { name: 'log-new', resourceGroup, retentionDays }),
    );
    expect(message === 'nothing was thrown').toBe(allowed);
  });
});

describe('diagnostic settings', () => {
  it('send every log and all metrics', () => {
    const { stack, logWorkspace } = surroundings();
    new DiagnosticSettings(stack, 'Diagnostics', { resourceId: group, logWorkspace });
    expect(only(resourcesOf(stack), 'azurerm_monitor_diagnostic_setting')).toEqual({
      name: 'berth',
      target_resource_id: group,
      log_analytics_workspace_id: logWorkspace.id,
      enabled_log: [{ category_group: 'allLogs' }],
      enabled_metric: [{ category: 'AllMetrics' }],
    });
  });

  it('send only the audit trail when told so', () => {
    const { stack, logWorkspace } = surroundings();
    new DiagnosticSettings(stack, 'D', {
      resourceId: group,
      logWorkspace,
      categoryGroups: ['audit'],
      metrics: false,
    });
    expect(only(resourcesOf(stack), 'azurerm_monitor_diagnostic_setting')).toEqual({
      name: 'berth',
      target_resource_id: group,
      log_analytics_workspace_id: logWorkspace.id,
      enabled_log: [{ category_group: 'audit' }],
    });
  });
});
