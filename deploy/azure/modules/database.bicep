// Azure Cosmos DB for MongoDB (RU). The collections are the code's: see collections.json.
param name string
param location string
param tags object
param replicaLocations array

@description('Of the database, which its collections share: a tenth of it to all of it.')
param maxThroughput int
param vaultName string
param workspaceId string

var locations = concat([location], replicaLocations)

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'MongoDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    apiProperties: {
      serverVersion: '7.0'
    }
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    locations: [for (region, priority) in locations: {
      locationName: region
      failoverPriority: priority
    }]
    // One region writes: compare-and-set is decided in one place.
    enableMultipleWriteLocations: false
    enableAutomaticFailover: length(locations) > 1
    capabilities: [
      {
        name: 'EnableMongo'
      }
      {
        // Throttled calls wait in the server; what still fails is tried again by ours.
        name: 'DisableRateLimitingResponses'
      }
    ]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous30Days'
      }
    }
    minimalTlsVersion: 'Tls12'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/mongodbDatabases@2024-11-15' = {
  parent: account
  name: 'user_dashboard'
  properties: {
    resource: {
      id: 'user_dashboard'
    }
    options: {
      autoscaleSettings: {
        maxThroughput: maxThroughput
      }
    }
  }
}

resource collections 'Microsoft.DocumentDB/databaseAccounts/mongodbDatabases/collections@2024-11-15' = [for one in loadJsonContent('../collections.json'): {
  parent: database
  name: one.id
  properties: {
    resource: one
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'MongoRequests'
        enabled: true
      }
    ]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource uri 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'mongodb-uri'
  properties: {
    value: account.listConnectionStrings().connectionStrings[0].connectionString
  }
}

output id string = account.id
