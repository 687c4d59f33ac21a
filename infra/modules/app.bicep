// The bot: stateless instances behind the platform's own load balancer. What is secret comes from the vault, by name. The
// login that owns the tables is given to the step before the bot alone, which migrates and ends.
param name string
param location string
param tags object
param subnetId string
param workspaceName string
param image string
param registryName string
param identityId string
param identityClientId string
param readerId string
param readerPrincipalId string
param vaultUri string
param masterKeyUrl string
param botAppId string
param tabAppId string
param minReplicas int
param maxReplicas int
param allowedRanges array
param moreSettings array

var pullImages = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

// Secrets of the vault, each with the setting it fills. They are put there by hand (docs/administrator.md).
var secretSettings = [
  { secret: 'database-url', setting: 'DATABASE_URL' }
  { secret: 'answers-database-url', setting: 'ANSWERS_DATABASE_URL' }
]
var ownerSettings = [
  { secret: 'migrate-database-url', setting: 'MIGRATE_DATABASE_URL' }
]
var plainSettings = [
  { name: 'MICROSOFT_APP_ID', value: botAppId }
  { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
  { name: 'MICROSOFT_APP_TYPE', value: 'SingleTenant' }
  { name: 'MICROSOFT_APP_MANAGED_IDENTITY_ID', value: identityClientId }
  { name: 'TAB_APP_ID', value: tabAppId }
  // Which of its identities the app is to the vault.
  { name: 'AZURE_CLIENT_ID', value: identityClientId }
  { name: 'KEY_VAULT_KEY', value: masterKeyUrl }
  // So long the platform takes to notice that an instance is not ready: three questions, five seconds apart.
  { name: 'STOP_NOTICE_MS', value: '15000' }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, readerId, pullImages)
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullImages)
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource place 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-place'
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
    zoneRedundant: true
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
    ]
    peerTrafficConfiguration: { encryption: { enabled: true } }
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
      '${readerId}': {}
    }
  }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      // Two revisions for a while, so that going back is a matter of traffic (docs/runbook.md).
      activeRevisionsMode: 'Multiple'
      maxInactiveRevisions: 5
      // The platform's alone: no container gets a token of the one that reads secrets.
      identitySettings: [
        { identity: identityId, lifecycle: 'Main' }
        { identity: readerId, lifecycle: 'None' }
      ]
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
        clientCertificateMode: 'ignore'
        ipSecurityRestrictions: [
          for (allowed, at) in allowedRanges: {
            name: 'allowed-${at}'
            action: 'Allow'
            ipAddressRange: allowed
          }
        ]
        traffic: [
          { latestRevision: true, weight: 100 }
        ]
      }
      registries: [
        { server: registry.properties.loginServer, identity: readerId }
      ]
      secrets: [
        for one in concat(secretSettings, ownerSettings): {
          name: one.secret
          keyVaultUrl: '${vaultUri}secrets/${one.secret}'
          identity: readerId
        }
      ]
    }
    template: {
      // Longer than notice and the 15 s that turns in flight have to end.
      terminationGracePeriodSeconds: 40
      // Ended well before the bot starts, so that no probe cuts a long migration off. Of several at once one migrates
      // and the others wait for it.
      initContainers: [
        {
          name: 'migrate'
          image: image
          command: ['node', 'dist/src/commands/store.js', 'migrate']
          resources: { cpu: json('1.0'), memory: '2Gi' }
          env: concat(
            plainSettings,
            map(concat(secretSettings, ownerSettings), one => { name: one.setting, secretRef: one.secret }),
            moreSettings
          )
        }
      ]
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('1.0'), memory: '2Gi' }
          env: concat(
            plainSettings,
            map(secretSettings, one => { name: one.setting, secretRef: one.secret }),
            moreSettings
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 3978 }
              // The platform allows 10 failures at most.
              periodSeconds: 10
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 5
              timeoutSeconds: 4
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          { name: 'turns', http: { metadata: { concurrentRequests: '40' } } }
          { name: 'cpu', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '65' } } }
        ]
      }
    }
  }
  dependsOn: [mayPull]
}

output id string = app.id
output host string = app.properties.configuration.ingress.fqdn
output domainVerification string = app.properties.customDomainVerificationId
