// User Dashboard in two regions behind Azure Front Door. One region serves; the other
// runs, holds a copy of the data and takes over when the first is gone: events travel
// through the Redis of a region, so two that serve at once would not hear each other.

@allowed(['staging', 'prod'])
param environmentName string
param location string = resourceGroup().location
param secondaryLocation string
param image string = ''
param revisionSuffix string = ''
param stableRevision string = ''

@description('Names people type; each is bound to the endpoint of Front Door by hand, with its certificate.')
param hostNames array = []
param adminEmail string
param alertEmail string = ''
param cosmosMaxThroughput int = 4000

@allowed(['cache', 'managed'])
param redisKind string = 'cache'

@description('Whether activity is forwarded to a topic of Service Bus in the first region, whichever serves.')
param withEvents bool = false
param eventReaders array = ['all']

@description('The ingress, and the networks from which Front Door asks (service tag AzureFrontDoor.Backend).')
param trustedProxies array = ['100.100.0.0/16', '147.243.0.0/16']

var name = 'dashboard-${environmentName}'
var second = '${name}-second'
var suffix = uniqueString(resourceGroup().id)
var tags = {
  application: 'user-dashboard'
  environment: environmentName
}
var origins = concat(
  ['https://${endpoint.properties.hostName}'],
  map(hostNames, host => 'https://${host}')
)

resource profile 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: '${name}-edge'
  location: 'global'
  tags: tags
  sku: {
    name: 'Standard_AzureFrontDoor'
  }
  properties: {
    // The longest there is; sockets and event streams say something every 20 s.
    originResponseTimeoutSeconds: 240
  }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-09-01' = {
  parent: profile
  name: '${name}-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    enabledState: 'Enabled'
  }
}

module primary 'main.bicep' = {
  name: 'primary'
  params: {
    environmentName: environmentName
    location: location
    replicaLocations: [secondaryLocation]
    image: image
    revisionSuffix: revisionSuffix
    stableRevision: stableRevision
    hostNames: hostNames
    corsOrigins: origins
    trustedProxies: trustedProxies
    adminEmail: adminEmail
    alertEmail: alertEmail
    cosmosMaxThroughput: cosmosMaxThroughput
    redisKind: redisKind
    withEvents: withEvents
    eventReaders: eventReaders
    minReplicas: 2
  }
}

module secondCache 'modules/cache.bicep' = if (redisKind == 'cache') {
  name: 'second-cache'
  params: {
    name: '${second}-${suffix}'
    location: secondaryLocation
    tags: tags
    tier: 'Standard'
    capacity: 1
    vaultName: primary.outputs.vaultName
    secretName: 'redis-url-second'
  }
}

module secondManagedCache 'modules/managed-cache.bicep' = if (redisKind == 'managed') {
  name: 'second-managed-cache'
  params: {
    name: '${second}-${suffix}'
    location: secondaryLocation
    tags: tags
    vaultName: primary.outputs.vaultName
    secretName: 'redis-url-second'
  }
}

module secondEnvironment 'modules/environment.bicep' = {
  name: 'second-environment'
  params: {
    name: second
    location: secondaryLocation
    tags: tags
    workspaceName: primary.outputs.workspaceName
  }
}

module secondBackend 'modules/backend.bicep' = if (!empty(image)) {
  name: 'second-backend'
  params: {
    name: '${second}-backend'
    location: secondaryLocation
    tags: tags
    environmentId: secondEnvironment.outputs.id
    identityId: primary.outputs.identityId
    identityClientId: primary.outputs.identityClientId
    registryServer: primary.outputs.registryServer
    image: image
    revisionSuffix: revisionSuffix
    // Nobody is there to be moved over: the newest has it all.
    stableRevision: ''
    vaultUri: primary.outputs.vaultUri
    redisSecret: 'redis-url-second'
    hostNames: concat(hostNames, ['*.${secondEnvironment.outputs.defaultDomain}'])
    corsOrigins: origins
    trustedProxies: trustedProxies
    adminEmail: adminEmail
    minReplicas: 1
    maxReplicas: 5
    cpu: '1.0'
    memory: '2Gi'
    workers: 1
    eventsConnection: primary.outputs.eventsConnection
    eventsTopic: primary.outputs.eventsTopic
    applicationInsights: primary.outputs.applicationInsights
  }
  dependsOn: [
    secondCache
    secondManagedCache
  ]
}

resource group 'Microsoft.Cdn/profiles/originGroups@2024-09-01' = {
  parent: profile
  name: 'regions'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 0
    }
    healthProbeSettings: {
      probePath: '/health/ready'
      probeRequestType: 'GET'
      probeProtocol: 'Https'
      probeIntervalInSeconds: 30
    }
    sessionAffinityState: 'Disabled'
  }
}

resource first 'Microsoft.Cdn/profiles/originGroups/origins@2024-09-01' = if (!empty(image)) {
  parent: group
  name: 'first'
  properties: {
    hostName: primary.outputs.backendHost
    originHostHeader: primary.outputs.backendHost
    httpsPort: 443
    priority: 1
    weight: 1000
    enforceCertificateNameCheck: true
  }
}

resource standby 'Microsoft.Cdn/profiles/originGroups/origins@2024-09-01' = if (!empty(image)) {
  parent: group
  name: 'standby'
  properties: {
    hostName: !empty(image) ? secondBackend!.outputs.host : ''
    originHostHeader: !empty(image) ? secondBackend!.outputs.host : ''
    httpsPort: 443
    // Asked only when the first fails its probes.
    priority: 2
    weight: 1000
    enforceCertificateNameCheck: true
  }
}

// Their names hold a hash of what is in them: kept at the edge, the CDN of the client.
resource assets 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-09-01' = {
  parent: endpoint
  name: 'assets'
  properties: {
    originGroup: {
      id: group.id
    }
    patternsToMatch: ['/assets/*']
    supportedProtocols: ['Https']
    forwardingProtocol: 'HttpsOnly'
    httpsRedirect: 'Disabled'
    linkToDefaultDomain: 'Enabled'
    cacheConfiguration: {
      queryStringCachingBehavior: 'IgnoreQueryString'
      compressionSettings: {
        isCompressionEnabled: false
      }
    }
  }
  dependsOn: [
    first
    standby
  ]
}

resource everything 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-09-01' = {
  parent: endpoint
  name: 'everything'
  properties: {
    originGroup: {
      id: group.id
    }
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    forwardingProtocol: 'HttpsOnly'
    httpsRedirect: 'Enabled'
    linkToDefaultDomain: 'Enabled'
  }
  dependsOn: [
    first
    standby
  ]
}

output address string = 'https://${endpoint.properties.hostName}'
output backendName string = '${name}-backend'
output registryServer string = primary.outputs.registryServer
output vaultName string = primary.outputs.vaultName
