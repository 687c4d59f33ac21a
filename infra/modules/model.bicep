// A model in the force's own subscription, reached from the app's network only, by its identity and without a key.
param name string
param location string
param tags object
param identityPrincipalId string
param endpointSubnetId string
param modelZoneId string
param modelName string = 'gpt-4.1-mini'
param modelVersion string = '2025-04-14'
@description('Thousands of tokens a minute.')
param capacity int = 50

var modelUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny' }
  }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  parent: account
  name: 'signpost'
  sku: { name: 'Standard', capacity: capacity }
  properties: {
    model: { format: 'OpenAI', name: modelName, version: modelVersion }
    // A model changes when its evaluation has been run again, and not before.
    versionUpgradeOption: 'NoAutoUpgrade'
  }
}

resource mayAsk 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityPrincipalId, modelUser)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', modelUser)
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-model-endpoint'
  location: location
  tags: tags
  properties: {
    subnet: { id: endpointSubnetId }
    privateLinkServiceConnections: [
      { name: 'model', properties: { privateLinkServiceId: account.id, groupIds: ['account'] } }
    ]
  }
}

resource endpointName 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'model'
  properties: {
    privateDnsZoneConfigs: [
      { name: 'model', properties: { privateDnsZoneId: modelZoneId } }
    ]
  }
}

output endpoint string = account.properties.endpoint
