// Signpost in a force's own Azure subscription: the bot on two instances or more, PostgreSQL with a standby in another
// zone, a key vault, alerts. One resource group. The registrations of bot and page in Entra come first (docs/identity.md).
//   az deployment group create -g rg-signpost -f infra/main.bicep -p infra/main.bicepparam
targetScope = 'resourceGroup'

@description('Begins every name; 3 to 11 small letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'signpost'
param location string = resourceGroup().location
param tags object = {}

@description('Host that Teams reaches the bot at, as signpost.force.police.uk; its certificate is bound afterwards.')
param domain string
@description('MICROSOFT_APP_ID: the registration of the bot, single tenant.')
param botAppId string
@description('TAB_APP_ID: the registration of the page.')
param tabAppId string

@description('The image by its digest, as forceacr.azurecr.io/signpost@sha256:…')
param image string
@description('Name of the registry that holds the image, in this resource group.')
param registryName string

@description('Rows may be read by whoever knows this: keep it in the vault of whoever deploys.')
@secure()
param databaseAdminPassword string
@description('Object id of the Entra group that may administer the database and the vault.')
param administratorsGroupId string
param administratorsGroupName string

@description('Where alerts go.')
param alertEmail string
@description('False at the first deployment: the app reads secrets that are put into the vault after it.')
param withApp bool = true
@minValue(2)
param minReplicas int = 2
param maxReplicas int = 8
@description('Addresses that may reach the bot, as 52.112.0.0/14; empty: all. Teams and the users of the page.')
param allowedRanges array = []
@description('Whether an Azure OpenAI account is made for the model, which is not needed.')
param withModel bool = false
@description('Settings of the README beyond those made here: { name, value } each, no secrets.')
param moreSettings array = []

var ending = uniqueString(resourceGroup().id)

module network 'modules/network.bicep' = {
  name: 'network'
  params: { name: name, location: location, tags: tags }
}

module watch 'modules/watch.bicep' = {
  name: 'watch'
  params: { name: name, location: location, tags: tags, alertEmail: alertEmail }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: take('${name}-${ending}', 24)
    location: location
    tags: tags
    identityName: '${name}-bot'
    readerName: '${name}-reader'
    administratorsGroupId: administratorsGroupId
    endpointSubnetId: network.outputs.endpointSubnetId
    vaultZoneId: network.outputs.vaultZoneId
    workspaceId: watch.outputs.workspaceId
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    name: '${name}-${ending}'
    location: location
    tags: tags
    adminPassword: databaseAdminPassword
    administratorsGroupId: administratorsGroupId
    administratorsGroupName: administratorsGroupName
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.databaseZoneId
    workspaceId: watch.outputs.workspaceId
  }
}

module model 'modules/model.bicep' = if (withModel) {
  name: 'model'
  params: {
    name: '${name}-${ending}'
    location: location
    tags: tags
    identityPrincipalId: vault.outputs.identityPrincipalId
    endpointSubnetId: network.outputs.endpointSubnetId
    modelZoneId: network.outputs.modelZoneId
  }
}

module app 'modules/app.bicep' = if (withApp) {
  name: 'app'
  params: {
    name: name
    location: location
    tags: tags
    subnetId: network.outputs.appSubnetId
    workspaceName: watch.outputs.workspaceName
    image: image
    registryName: registryName
    identityId: vault.outputs.identityId
    identityClientId: vault.outputs.identityClientId
    readerId: vault.outputs.readerId
    readerPrincipalId: vault.outputs.readerPrincipalId
    vaultUri: vault.outputs.uri
    masterKeyUrl: vault.outputs.masterKeyUrl
    botAppId: botAppId
    tabAppId: tabAppId
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    allowedRanges: allowedRanges
    moreSettings: moreSettings
  }
}

module alerts 'modules/alerts.bicep' = if (withApp) {
  name: 'alerts'
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: watch.outputs.workspaceId
    actionGroupId: watch.outputs.actionGroupId
    appId: app!.outputs.id
    databaseId: database.outputs.id
    minReplicas: minReplicas
  }
}

// The bot's registration with Teams: single tenant. It holds no secret; the app shows who it is by its identity.
resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${ending}'
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: { name: 'S1' }
  properties: {
    displayName: 'Signpost'
    endpoint: 'https://${domain}/api/messages'
    msaAppId: botAppId
    msaAppType: 'SingleTenant'
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { enableCalling: false, isEnabled: true }
  }
}

@description('For the federated credential of the bot registration: its subject is this.')
output identityPrincipalId string = vault.outputs.identityPrincipalId
@description('For the DNS record of the domain.')
output appHost string = withApp ? app!.outputs.host : ''
output domainVerification string = withApp ? app!.outputs.domainVerification : ''
output vaultName string = vault.outputs.vaultName
output databaseHost string = database.outputs.host
output modelEndpoint string = withModel ? model!.outputs.endpoint : ''
