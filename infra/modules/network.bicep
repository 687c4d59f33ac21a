// One network: the app, the database and the private addresses of vault and model each in a subnet of their own.
param name string
param location string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.71.0.0/20'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.71.0.0/23'
          delegations: [
            { name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.71.2.0/27'
          networkSecurityGroup: { id: databaseRules.id }
          delegations: [
            { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.71.3.0/27', networkSecurityGroup: { id: endpointRules.id } }
      }
      {
        // Where an administrator's machine stands while roles are made or a copy is looked at. Empty otherwise.
        name: 'administrators'
        properties: { addressPrefix: '10.71.3.32/27', networkSecurityGroup: { id: administratorRules.id } }
      }
    ]
  }
}

// The server's own replication stays within its subnet.
resource databaseRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-database-rules'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'from-app-standby-and-administrators'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.71.0.0/23', '10.71.2.0/27', '10.71.3.32/27']
          sourcePortRange: '*'
          destinationAddressPrefix: '10.71.2.0/27'
          destinationPortRanges: ['5432', '6432']
        }
      }
      {
        name: 'nobody-else'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.71.2.0/27'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-endpoint-rules'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'https-from-app-and-administrators'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.71.0.0/23', '10.71.3.32/27']
          sourcePortRange: '*'
          destinationAddressPrefix: '10.71.3.0/27'
          destinationPortRange: '443'
        }
      }
    ]
  }
}

// Nothing comes in: a machine here is reached through Bastion or a private shell.
resource administratorRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-administrator-rules'
  location: location
  tags: tags
  properties: { securityRules: [] }
}

var zoneNames = [
  '${name}.private.postgres.database.azure.com'
  'privatelink.vaultcore.azure.net'
  'privatelink.openai.azure.com'
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: { name: zone, location: 'global', tags: tags }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, at) in zoneNames: {
    parent: zones[at]
    name: '${name}-link'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

output appSubnetId string = '${network.id}/subnets/app'
output databaseSubnetId string = '${network.id}/subnets/database'
output endpointSubnetId string = '${network.id}/subnets/endpoints'
output databaseZoneId string = zones[0].id
output vaultZoneId string = zones[1].id
output modelZoneId string = zones[2].id
