// Azure Cache for Redis over TLS. It holds copies, locks and events on their way:
// losing it costs reads and a told gap, never data.
param name string
param location string
param tags object
param tier string
param capacity int
param vaultName string

@description('The secret that the address is kept as.')
param secretName string = 'redis-url'

resource redis 'Microsoft.Cache/redis@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: tier
      family: tier == 'Premium' ? 'P' : 'C'
      capacity: capacity
    }
    redisVersion: '6'
    enableNonSslPort: false
    minimumTlsVersion: '1.2'
    redisConfiguration: {
      // Keys without an end (streams, presence, locks' epochs) are never thrown out.
      'maxmemory-policy': 'volatile-lru'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource url 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: secretName
  properties: {
    value: 'rediss://:${uriComponent(redis.listKeys().primaryKey)}@${redis.properties.hostName}:6380/0'
  }
}

output id string = redis.id
