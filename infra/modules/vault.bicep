// The vault and two identities. That of the app wraps data keys with the master key, which never leaves the vault. The
// other reads secrets for the platform, which fills settings with them: no container can speak as it (app.bicep), so
// whoever has the server has not the login of the tables' owner. Nothing is deleted for good for 90 days, whoever asks.
param name string
param location string
param tags object
param identityName string
param readerName string
param administratorsGroupId string
param endpointSubnetId string
param vaultZoneId string
param workspaceId string

// Built-in roles, the same ids in every tenant.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var keyWrapper = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
var administrator = '00482a5a-887f-4fb3-b363-3b7fe8e74483'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: identityName
  location: location
  tags: tags
}

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: readerName
  location: location
  tags: tags
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'premium' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny' }
  }
}

resource masterKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: 'signpost-master'
  properties: {
    kty: 'RSA-HSM'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    // A new version a year; data keys name the version that wrapped them, and older versions still unwrap.
    rotationPolicy: {
      attributes: { expiryTime: 'P3Y' }
      lifetimeActions: [
        { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } }
        { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'notify' } }
      ]
    }
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, reader.id, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: reader.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayWrap 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(masterKey.id, identity.id, keyWrapper)
  scope: masterKey
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyWrapper)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource mayAdminister 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, administratorsGroupId, administrator)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', administrator)
    principalId: administratorsGroupId
    principalType: 'Group'
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-endpoint'
  location: location
  tags: tags
  properties: {
    subnet: { id: endpointSubnetId }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: vault.id, groupIds: ['vault'] } }
    ]
  }
}

resource endpointName 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'vault'
  properties: {
    privateDnsZoneConfigs: [
      { name: 'vault', properties: { privateDnsZoneId: vaultZoneId } }
    ]
  }
}

resource logged 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
  }
}

output vaultName string = vault.name
// Without its version: the newest wraps.
output masterKeyUrl string = '${vault.properties.vaultUri}keys/${masterKey.name}'
output uri string = vault.properties.vaultUri
output identityId string = identity.id
output identityClientId string = identity.properties.clientId
output identityPrincipalId string = identity.properties.principalId
output readerId string = reader.id
output readerPrincipalId string = reader.properties.principalId
