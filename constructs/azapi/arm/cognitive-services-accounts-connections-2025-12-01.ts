// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts/connections@2025-12-01`. */
export type CognitiveServicesAccountsConnections20251201 = {
  readonly properties: {
    readonly category?: Known<
      | 'PythonFeed'
      | 'ContainerRegistry'
      | 'Git'
      | 'S3'
      | 'Snowflake'
      | 'AzureKeyVault'
      | 'AzureSqlDb'
      | 'AzureSynapseAnalytics'
      | 'AzureMySqlDb'
      | 'AzurePostgresDb'
      | 'ADLSGen2'
      | 'AzureContainerAppEnvironment'
      | 'Redis'
      | 'ApiKey'
      | 'AzureOpenAI'
      | 'AIServices'
      | 'CognitiveSearch'
      | 'CognitiveService'
      | 'CustomKeys'
      | 'AzureBlob'
      | 'AzureStorageAccount'
      | 'AzureOneLake'
      | 'CosmosDb'
      | 'CosmosDbMongoDbApi'
      | 'AzureDataExplorer'
      | 'AzureMariaDb'
      | 'AzureDatabricksDeltaLake'
      | 'AzureSqlMi'
      | 'AzureTableStorage'
      | 'AmazonRdsForOracle'
      | 'AmazonRdsForSqlServer'
      | 'AmazonRedshift'
      | 'Db2'
      | 'Drill'
      | 'GoogleBigQuery'
      | 'Greenplum'
      | 'Hbase'
      | 'Hive'
      | 'Impala'
      | 'Informix'
      | 'MariaDb'
      | 'MicrosoftAccess'
      | 'MySql'
      | 'Netezza'
      | 'Oracle'
      | 'Phoenix'
      | 'PostgreSql'
      | 'Presto'
      | 'SapOpenHub'
      | 'SapBw'
      | 'SapHana'
      | 'SapTable'
      | 'Spark'
      | 'SqlServer'
      | 'Sybase'
      | 'Teradata'
      | 'Vertica'
      | 'Pinecone'
      | 'Databricks'
      | 'Cassandra'
      | 'Couchbase'
      | 'MongoDbV2'
      | 'MongoDbAtlas'
      | 'AmazonS3Compatible'
      | 'FileServer'
      | 'FtpServer'
      | 'GoogleCloudStorage'
      | 'Hdfs'
      | 'OracleCloudStorage'
      | 'Sftp'
      | 'GenericHttp'
      | 'ODataRest'
      | 'Odbc'
      | 'GenericRest'
      | 'RemoteTool'
      | 'AmazonMws'
      | 'Concur'
      | 'Dynamics'
      | 'DynamicsAx'
      | 'DynamicsCrm'
      | 'GoogleAdWords'
      | 'Hubspot'
      | 'Jira'
      | 'Magento'
      | 'Marketo'
      | 'Office365'
      | 'Eloqua'
      | 'Responsys'
      | 'OracleServiceCloud'
      | 'PayPal'
      | 'QuickBooks'
      | 'Salesforce'
      | 'SalesforceServiceCloud'
      | 'SalesforceMarketingCloud'
      | 'SapCloudForCustomer'
      | 'SapEcc'
      | 'ServiceNow'
      | 'SharePointOnlineList'
      | 'Shopify'
      | 'Square'
      | 'WebTable'
      | 'Xero'
      | 'Zoho'
      | 'GenericContainerRegistry'
      | 'Elasticsearch'
      | 'AppInsights'
      | 'AppConfig'
      | 'OpenAI'
      | 'Serp'
      | 'BingLLMSearch'
      | 'Serverless'
      | 'ManagedOnlineEndpoint'
      | 'ApiManagement'
      | 'ModelGateway'
      | 'GroundingWithBingSearch'
      | 'GroundingWithCustomSearch'
      | 'Sharepoint'
      | 'MicrosoftFabric'
      | 'PowerPlatformEnvironment'
      | 'RemoteA2A'
    >;
    readonly error?: string;
    readonly expiryTime?: string;
    readonly isSharedToAll?: Value<boolean>;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly peRequirement?: Known<'Required' | 'NotRequired' | 'NotApplicable'>;
    readonly peStatus?: Known<'Inactive' | 'Active' | 'NotApplicable'>;
    readonly sharedUserList?: readonly string[];
    readonly target?: string;
    readonly useWorkspaceManagedIdentity?: Value<boolean>;
  } & (
    | { readonly authType: 'AAD' }
    | {
        readonly credentials?: { readonly accessKeyId?: string; readonly secretAccessKey?: string };
        readonly authType: 'AccessKey';
      }
    | { readonly credentials?: { readonly key?: string }; readonly authType: 'AccountKey' }
    | { readonly credentials?: { readonly key?: string }; readonly authType: 'ApiKey' }
    | {
        readonly credentials?: { readonly keys?: Readonly<Record<string, string>> };
        readonly authType: 'CustomKeys';
      }
    | {
        readonly credentials?: { readonly clientId?: string; readonly resourceId?: string };
        readonly authType: 'ManagedIdentity';
      }
    | { readonly authType: 'None' }
    | {
        readonly credentials?: {
          readonly authUrl?: string;
          readonly clientId?: string;
          readonly clientSecret?: string;
          readonly developerToken?: string;
          readonly password?: string;
          readonly refreshToken?: string;
          readonly tenantId?: string;
          readonly username?: string;
        };
        readonly authType: 'OAuth2';
      }
    | { readonly credentials?: { readonly pat?: string }; readonly authType: 'PAT' }
    | { readonly credentials?: { readonly sas?: string }; readonly authType: 'SAS' }
    | {
        readonly credentials?: {
          readonly clientId?: string;
          readonly clientSecret?: string;
          readonly tenantId?: string;
        };
        readonly authType: 'ServicePrincipal';
      }
    | {
        readonly credentials?: {
          readonly password?: string;
          readonly securityToken?: string;
          readonly username?: string;
        };
        readonly authType: 'UsernamePassword';
      }
  );
};
