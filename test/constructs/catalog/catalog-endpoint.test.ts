import { Fn } from 'cdktf';
import { CatalogEndpoint, MachineLearningWorkspace } from '../../../constructs/catalog';
import type { CatalogEndpointProps } from '../../../constructs/catalog';
import { group, inventory, messageOf, only, resourcesOf, surroundings } from '../synthesised';
import type { Resources } from '../synthesised';

const workspaceId = `${group}/providers/Microsoft.MachineLearningServices/workspaces/mlw-old`;
const endpointType = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01';
const deploymentType = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2025-12-01';
const retry = {
  error_message_regex: [
    'AuthorizationFailed',
    'does not have authorization to perform action',
    'RequestConflict',
  ],
};
const app = {
  principalId: '22222222-2222-4222-8222-222222222222',
  principalType: 'ServicePrincipal',
} as const;

function existing(more: Partial<CatalogEndpointProps> = {}) {
  const { stack, logWorkspace } = surroundings();
  const workspace = MachineLearningWorkspace.fromAttributes(stack, 'Ws', {
    id: workspaceId,
    resourceGroupName: 'rg-ml',
    location: 'eastus2',
    endpointCallerRoleId:
      '/providers/Microsoft.Authorization/roleDefinitions/44444444-4444-4444-8444-444444444444',
  });
  const props: CatalogEndpointProps = {
    workspace,
    logWorkspace,
    name: 'dev-contracts-1a2b3',
    assetId: 'azureml://registries/azureml/models/Phi-4/versions/7',
    instanceType: 'Standard_NC24ads_A100_v4',
    ...more,
  };
  return { stack, workspace, make: () => new CatalogEndpoint(stack, 'Endpoint', props) };
}

function azapi(resources: Resources, type: string) {
  return Object.values(resources.azapi_resource ?? {}).filter(resource => resource.type === type);
}

describe('a catalogue endpoint', () => {
  it('takes Entra ID tokens through the private endpoint only', () => {
    const { stack, make } = existing();
    make();
    expect(azapi(resourcesOf(stack), endpointType)).toEqual([
      {
        type: endpointType,
        parent_id: workspaceId,
        name: 'dev-contracts-1a2b3',
        location: 'eastus2',
        identity: [{ type: 'SystemAssigned' }],
        body: { properties: { authMode: 'AADToken', publicNetworkAccess: 'Disabled' } },
        retry,
      },
    ]);
  });

  it('runs the model on its instances and leaves egress to the managed network', () => {
    const { stack, make } = existing();
    make();
    const probe = { period: 'PT10S', timeout: 'PT10S', successThreshold: 1 };
    expect(azapi(resourcesOf(stack), deploymentType)).toEqual([
      {
        type: deploymentType,
        parent_id: expect.stringMatching(/^\$\{azapi_resource\.Endpoint_\w+\.id\}$/),
        name: expect.stringMatching(/^model-[0-9a-f]{8}$/),
        location: 'eastus2',
        body: {
          sku: { name: 'Default', capacity: 1 },
          properties: {
            endpointComputeType: 'Managed',
            model: 'azureml://registries/azureml/models/Phi-4/versions/7',
            instanceType: 'Standard_NC24ads_A100_v4',
            scaleSettings: { scaleType: 'Default' },
            requestSettings: { maxConcurrentRequestsPerInstance: 64, requestTimeout: 'PT180S' },
            livenessProbe: { ...probe, initialDelay: 'PT600S', failureThreshold: 120 },
            readinessProbe: { ...probe, initialDelay: 'PT10S', failureThreshold: 180 },
          },
        },
        retry,
        timeouts: { create: '120m', update: '120m', delete: '60m' },
        lifecycle: { create_before_destroy: true },
      },
    ]);
  });

  it('routes traffic once the deployment is there, and takes it away before the deployment goes', () => {
    const { stack, make } = existing();
    make();
    const resources = resourcesOf(stack);
    const deployment = azapi(resources, deploymentType)[0];
    const ofEndpoint = {
      type: endpointType,
      resource_id: expect.stringMatching(/^\$\{azapi_resource\.Endpoint_\w+\.id\}$/),
    };
    const afterwards = [expect.stringMatching(/^azapi_resource\.Endpoint_Deployment_\w+$/)];
    const moved = expect.stringMatching(/^azapi_resource_action\.Endpoint_MoveTraffic_\w+$/);
    expect(only(resources, 'azapi_update_resource')).toEqual({
      ...ofEndpoint,
      depends_on: [...afterwards, moved],
      body: { properties: { traffic: { [String(deployment?.name)]: 100 } } },
      retry,
      lifecycle: { replace_triggered_by: [expect.stringMatching(/^azapi_resource\.Endpoint_[0-9A-F]{8}$/)] },
    });
    const [drain, move] = Object.values(resources['azapi_resource_action'] ?? {});
    // An update is merged with the traffic in force, and 100 beside 100 would be refused.
    const whole = (traffic: object) => ({
      location: 'eastus2',
      identity: { type: 'SystemAssigned' },
      properties: { authMode: 'AADToken', publicNetworkAccess: 'Disabled', traffic },
    });
    expect(move).toEqual({
      ...ofEndpoint,
      depends_on: afterwards,
      method: 'PUT',
      retry,
      body: {
        ...whole({ [String(deployment?.name)]: 100 }),
        tags: expect.stringMatching(/^\$\{merge\(azapi_resource\.Endpoint_\w+\.tags, \{.*\}\)\}$/),
      },
    });
    expect(drain).toEqual({
      ...ofEndpoint,
      depends_on: afterwards,
      method: 'PUT',
      when: 'destroy',
      body: whole({}),
    });
  });

  it('keeps its logs', () => {
    const { stack, make } = existing();
    make();
    expect(only(resourcesOf(stack), 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      target_resource_id: expect.stringMatching(/^\$\{azapi_resource\.Endpoint_\w+\.id\}$/),
      enabled_log: [{ category_group: 'allLogs' }],
    });
  });

  it('names the deployment after model and machine, so that another one is made beside it', () => {
    const nameWith = (more: Partial<CatalogEndpointProps>) => {
      const { stack, make } = existing(more);
      make();
      return azapi(resourcesOf(stack), deploymentType)[0]?.name;
    };
    const names = [
      nameWith({}),
      nameWith({ instanceCount: 3 }),
      nameWith({ assetId: 'azureml://registries/azureml/models/Phi-4/versions/8' }),
      nameWith({ instanceType: 'Standard_NC48ads_A100_v4' }),
    ];
    expect(names[1]).toBe(names[0]);
    expect(new Set(names).size).toBe(3);
  });

  it.each([
    ['Standard_NC24ads_A100_v4', 'GpuUtilizationPercentage'],
    ['Standard_D16s_v5', 'CpuUtilizationPercentage'],
  ])(
    'scales %s by its %s between the counts, and then does not fight over the count',
    (instanceType, metric) => {
      const { stack, make } = existing({ instanceType, instanceCount: 2, maximumInstances: 4 });
      make();
      const resources = resourcesOf(stack);
      const target = expect.stringMatching(/^\$\{azapi_resource\.Endpoint_Deployment_\w+\.id\}$/);
      const rule = (operator: string, threshold: number, timeWindow: string, direction: string) => ({
        metric_trigger: {
          metric_name: metric,
          metric_resource_id: target,
          operator,
          threshold,
          time_window: timeWindow,
          statistic: 'Average',
          time_aggregation: 'Average',
          time_grain: 'PT1M',
        },
        scale_action: { direction, type: 'ChangeCount', value: 1, cooldown: 'PT15M' },
      });
      expect(only(resources, 'azurerm_monitor_autoscale_setting')).toEqual({
        name: 'as-dev-contracts-1a2b3',
        resource_group_name: 'rg-ml',
        location: 'eastus2',
        target_resource_id: target,
        profile: [
          {
            name: 'load',
            capacity: { default: 2, minimum: 2, maximum: 4 },
            rule: [rule('GreaterThan', 70, 'PT5M', 'Increase'), rule('LessThan', 25, 'PT15M', 'Decrease')],
          },
        ],
      });
      expect(azapi(resources, deploymentType)[0]).toMatchObject({
        body: { sku: { capacity: 2 } },
        lifecycle: { create_before_destroy: true, ignore_changes: ['body.sku.capacity'] },
      });
    },
  );

  it('has more instances standing by in some hours, and its own number again after them', () => {
    const { stack, make } = existing({
      instanceCount: 2,
      minimumInstances: 1,
      maximumInstances: 4,
      scaleHours: {
        timeZone: 'W. Europe Standard Time',
        start: { time: '07:30', days: ['mon', 'fri'] },
        stop: { time: '01:00', days: ['tue', 'sat'] },
        minimumInstances: 3,
      },
    });
    make();
    const { profile } = only(resourcesOf(stack), 'azurerm_monitor_autoscale_setting');
    const told = (profile as readonly Record<string, unknown>[]).map(({ rule, ...each }) => ({
      ...each,
      rules: (rule as readonly unknown[]).length,
    }));
    const at = (days: readonly string[], hour: number, minute: number) => ({
      timezone: 'W. Europe Standard Time',
      days,
      hours: [hour],
      minutes: [minute],
    });
    expect(told).toEqual([
      { name: 'load', capacity: { default: 2, minimum: 1, maximum: 4 }, rules: 2 },
      {
        name: 'hours',
        capacity: { default: 3, minimum: 3, maximum: 4 },
        rules: 2,
        recurrence: at(['Monday', 'Friday'], 7, 30),
      },
      {
        name: '{"name":"load","for":"hours"}',
        capacity: { default: 2, minimum: 1, maximum: 4 },
        rules: 2,
        recurrence: at(['Tuesday', 'Saturday'], 1, 0),
      },
    ]);
  });

  it('tells action groups where it is slow or fails', () => {
    const actionGroupId = `${group}/providers/Microsoft.Insights/actionGroups/ag-ml`;
    const { stack, make } = existing({
      alerts: { actionGroupIds: [actionGroupId], latencyP95Seconds: 20, failuresPerMinute: 5 },
    });
    make();
    const alerts = Object.values(resourcesOf(stack)['azurerm_monitor_metric_alert'] ?? {});
    const criterion = {
      metric_namespace: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
      aggregation: 'Average',
      operator: 'GreaterThan',
      skip_metric_validation: true,
    };
    const every = {
      resource_group_name: 'rg-ml',
      scopes: [expect.stringMatching(/^\$\{azapi_resource\.Endpoint_\w+\.id\}$/)],
      severity: 2,
      frequency: 'PT1M',
      window_size: 'PT5M',
      action: [{ action_group_id: actionGroupId }],
    };
    expect(alerts).toEqual([
      {
        ...every,
        name: 'al-dev-contracts-1a2b3-failures',
        description: 'dev-contracts-1a2b3 fails more than it should',
        criteria: [
          {
            ...criterion,
            metric_name: 'RequestsPerMinute',
            threshold: 5,
            dimension: [{ name: 'statusCodeClass', operator: 'Include', values: ['5xx'] }],
          },
        ],
      },
      {
        ...every,
        name: 'al-dev-contracts-1a2b3-latency',
        description: 'dev-contracts-1a2b3 answers slower than it should',
        criteria: [{ ...criterion, metric_name: 'RequestLatency_P95', threshold: 20_000 }],
      },
    ]);
  });

  it.each<[string, Partial<CatalogEndpointProps>, string]>([
    [
      'hours without a most',
      {
        scaleHours: {
          timeZone: 'UTC',
          start: { time: '07:00', days: ['mon'] },
          stop: { time: '19:00', days: ['mon'] },
          minimumInstances: 2,
        },
      },
      'scaleHours needs maximumInstances: say the most instances',
    ],
    [
      'fewer at the most than at the least',
      { maximumInstances: 2, minimumInstances: 3 },
      'minimumInstances must be a whole number from 1 to 2, not 3',
    ],
    [
      'an alert to nobody',
      { alerts: { actionGroupIds: ['ops@example.com'], failuresPerMinute: 0 } },
      'alerts.actionGroupIds[0] must be an ARM id',
    ],
  ])('refuses %s', (_what, more, says) => {
    expect(messageOf(existing(more).make)).toContain(says);
  });

  it.each([
    [undefined, 'azureml-score', 'https://dev-contracts-1a2b3.eastus2.inference.ml.azure.com/score'],
    ['openai-chat', 'openai-chat', 'https://dev-contracts-1a2b3.eastus2.inference.ml.azure.com/v1'],
    [
      'openai-embeddings',
      'openai-embeddings',
      'https://dev-contracts-1a2b3.eastus2.inference.ml.azure.com/v1',
    ],
  ] as const)('with the api %s has an address that is known before it is made', (given, api, baseUrl) => {
    expect(existing({ api: given }).make().address).toEqual({
      api,
      baseUrl,
      model: 'Phi-4',
      auth: 'entra-id',
      audience: 'https://ml.azure.com/.default',
    });
  });

  it('grants its calls once to a principal, on this endpoint only', () => {
    const { stack, make } = existing();
    const endpoint = make();
    endpoint.grantInvoke('App', app);
    endpoint.grantInvoke('AppAgain', app);
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')).toEqual({
      name: expect.stringMatching(
        /^\$\{uuidv5\("url", "\$\{azapi_resource\.Endpoint_\w+\.id\}\|\/providers\/Microsoft\.Authorization\/roleDefinitions\/4{8}-[-48]+\|2{8}-[-428]+"\)\}$/,
      ),
      scope: expect.stringMatching(/^\$\{azapi_resource\.Endpoint_\w+\.id\}$/),
      principal_id: app.principalId,
      principal_type: 'ServicePrincipal',
      role_definition_id:
        '/providers/Microsoft.Authorization/roleDefinitions/44444444-4444-4444-8444-444444444444',
      skip_service_principal_aad_check: true,
    });
  });

  it('can be an existing one, which makes nothing but grants', () => {
    const { stack, workspace } = existing();
    const id = `${workspaceId}/onlineEndpoints/old`;
    const endpoint = CatalogEndpoint.fromAttributes(stack, 'Old', {
      workspace,
      id,
      name: 'old',
      modelName: 'llama',
      api: 'openai-chat',
    });
    expect(inventory(resourcesOf(stack))).toEqual({});
    expect(endpoint.address).toMatchObject({
      baseUrl: 'https://old.eastus2.inference.ml.azure.com/v1',
      model: 'llama',
    });
    endpoint.grantInvoke('App', app);
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')).toMatchObject({ scope: id });
  });

  it('reports every prop that Azure would refuse, at once', () => {
    const wrong = {
      name: '1',
      assetId: 'Phi-4',
      instanceType: 'NC24',
      instanceCount: 0,
      maximumInstances: 51,
    };
    expect(messageOf(existing(wrong).make)).toBe(
      [
        'invalid props of dev/Endpoint:',
        '  - name must be 3 to 32 letters, digits and hyphens that begin with a letter and end with a letter or digit, ' +
          'not "1": choose a name that fits',
        '  - assetId must be azureml://registries/<registry>/models/<name>/versions/<version>, the same with /labels/latest, or the ARM id of a model version of a workspace, not "Phi-4": copy the ' +
          "model's id from the catalogue",
        '  - instanceType must be a machine size such as Standard_NC24ads_A100_v4, not "NC24": choose a name that fits',
        '  - instanceCount must be a whole number from 1 to 50, not 0: choose a number inside the limits',
        '  - maximumInstances must be a whole number from 1 to 50, not 51: choose a number inside the limits',
      ].join('\n'),
    );
    expect(messageOf(existing({ assetId: Fn.join('/', ['azureml:', 'x']) }).make)).toBe(
      'invalid props of dev/Endpoint:\n  - assetId must be a literal, not a token: write the id out',
    );
  });

  it('shares its traffic among deployments, and refuses what Azure would, or what is the same twice', () => {
    const deployments = { green: { assetId: 'azureml://registries/azureml/models/Phi-4/versions/8' } };
    const { stack, make } = existing({ deployments, mirror: { deployment: 'green', percent: 10 } });
    make();
    const [blue, green] = azapi(resourcesOf(stack), deploymentType).map(({ name }) => String(name));
    expect(only(resourcesOf(stack), 'azapi_update_resource')).toMatchObject({
      body: {
        properties: {
          traffic: { [String(blue)]: 100, [String(green)]: 0 },
          mirrorTraffic: { [String(blue)]: 0, [String(green)]: 10 },
        },
      },
      depends_on: [
        expect.stringMatching(/^azapi_resource\.Endpoint_Deployment-model-\w+$/),
        expect.stringMatching(/^azapi_resource\.Endpoint_Deployment-model-\w+$/),
        expect.stringMatching(/^azapi_resource_action\.Endpoint_MoveTraffic_\w+$/),
      ],
    });
    const wrong = {
      deployments: { placed: { assetId: 'azureml://registries/azureml/models/Phi-4/versions/7' } },
      traffic: { placed: 150, red: -50 },
      settings: { timeoutSeconds: 181, liveness: { periodSeconds: 0 } },
    };
    expect(messageOf(existing(wrong).make)).toBe(
      [
        'invalid props of dev/Endpoint:',
        '  - settings.timeoutSeconds must be a whole number from 1 to 180, not 181: choose a number inside the limits',
        '  - settings.liveness.periodSeconds must be a whole number from 1 to 1000000, not 0: choose a number inside the limits',
        '  - deployments must differ in assetId or instanceType: remove those that are the same',
        '  - traffic.placed must be a whole number from 0 to 100, got 150; correct it',
        '  - traffic.red must be a whole number from 0 to 100, got -50; correct it',
        '  - deployments.placed must have another name than placed; rename it',
        "  - traffic.red must be one of the deployments placed, placed, got 'red' with -50 %; give its traffic to another, deploy, and then remove it",
      ].join('\n'),
    );
  });

  it.each([
    ['azureml://registries/my-registry/models/contracts/versions/3', true],
    ['azureml://registries/HuggingFace/models/qwen-qwen3-8b/labels/latest', true],
    [`${workspaceId}/models/contracts/versions/3`, true],
    [`${workspaceId}-other/models/contracts/versions/3`, false],
  ])('the model %s is allowed: %s', (assetId, allowed) => {
    expect(messageOf(existing({ assetId }).make) === 'nothing was thrown').toBe(allowed);
  });

  it.each([
    ['abc', true],
    ['a'.repeat(32), true],
    ['a-1', true],
    ['ab', false],
    ['a'.repeat(33), false],
    ['1ab', false],
    ['ab-', false],
    ['a_b', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    expect(messageOf(existing({ name }).make) === 'nothing was thrown').toBe(allowed);
  });

  it.each([
    [1, 1, true],
    [50, 50, true],
    [2, 1, false],
    [51, 51, false],
  ])('%d to %d instances are allowed: %s', (instanceCount, maximumInstances, allowed) => {
    expect(messageOf(existing({ instanceCount, maximumInstances }).make) === 'nothing was thrown').toBe(
      allowed,
    );
  });
});
