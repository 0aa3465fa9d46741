import { TerraformFolder } from '../terraform-folder';

const folder = new TerraformFolder();
afterAll(() => folder.stop());

it('hides what azurerm marks as sensitive in types that are known by structure only', async () => {
  const common = { location: 'westeurope', resource_group_name: 'rg' };
  await folder.start({
    resource: {
      azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } },
      azurerm_mssql_server: {
        s: {
          ...common,
          name: 'sql',
          version: '12.0',
          administrator_login: 'boss',
          administrator_login_password: 'LEAK-mssql',
        },
      },
      azurerm_kubernetes_cluster: {
        k: {
          ...common,
          name: 'aks',
          dns_prefix: 'aks',
          default_node_pool: [{ name: 'main', vm_size: 'Standard_D2s_v5', node_count: 1 }],
          service_principal: [{ client_id: 'app', client_secret: 'LEAK-aks' }],
          windows_profile: [{ admin_username: 'boss', admin_password: 'LEAK-windows' }],
        },
      },
    },
  });
  await folder.run('init -input=false');
  const { code, text } = await folder.run('plan');
  expect(code).toBe(0);
  expect(text).toContain('administrator_login = "boss"');
  expect(text).toContain('administrator_login_password = (sensitive value)');
  expect(text).not.toContain('LEAK');
});
