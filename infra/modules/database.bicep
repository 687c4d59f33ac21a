// PostgreSQL with a standby in another zone, 35 days of points in time to go back to, reached from the app's network
// only, over TLS only. Replication, failover and backups are the platform's.
param name string
param location string
param tags object
@secure()
param adminPassword string
param administratorsGroupId string
param administratorsGroupName string
param subnetId string
param zoneId string
param workspaceId string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' }
  properties: {
    version: '17'
    administratorLogin: 'signpost_admin'
    administratorLoginPassword: adminPassword
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Enabled'
      tenantId: tenant().tenantId
    }
    storage: { storageSizeGB: 256, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 35, geoRedundantBackup: 'Enabled' }
    highAvailability: { mode: 'ZoneRedundant' }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: zoneId
      publicNetworkAccess: 'Disabled'
    }
    // Sunday, 03:00.
    maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 0, startHour: 3, startMinute: 0 }
  }
}

resource signpost 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'signpost'
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

// One after the other: the server takes one change at a time.
var settings = [
  { name: 'require_secure_transport', value: 'on' }
  { name: 'ssl_min_protocol_version', value: 'TLSv1.2' }
  { name: 'password_encryption', value: 'scram-sha-256' }
  { name: 'log_connections', value: 'on' }
  // No statement is written to a log: one that makes a role may hold its password. Nor are values, which could be words
  // of a case: terse leaves out the row that broke a constraint.
  { name: 'log_statement', value: 'none' }
  { name: 'log_min_error_statement', value: 'panic' }
  { name: 'log_error_verbosity', value: 'terse' }
  { name: 'log_parameter_max_length_on_error', value: '0' }
]

@batchSize(1)
resource set 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = [
  for setting in settings: {
    parent: server
    name: setting.name
    properties: { value: setting.value, source: 'user-override' }
    dependsOn: [signpost]
  }
]

resource administrators 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: administratorsGroupId
  properties: {
    principalName: administratorsGroupName
    principalType: 'Group'
    tenantId: tenant().tenantId
  }
  dependsOn: [set]
}

resource logged 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'PostgreSQLLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'not-to-be-deleted'
  scope: server
  properties: { level: 'CanNotDelete', notes: 'Holds the record of cases.' }
}

output id string = server.id
output host string = server.properties.fullyQualifiedDomainName
