// User Dashboard on Azure Container Apps, in one region. With `image` empty it makes
// everything but the app: the first deployment, before there is an image to run.
// docs/deployment.md goes through it step by step; multi-region.bicep is built on it.

@description('Which environment this is; part of every name.')
@allowed(['dev', 'staging', 'prod'])
param environmentName string

param location string = resourceGroup().location

@description('Regions that hold copies of the data, and take over by failover.')
param replicaLocations array = []

@description('Repository and tag in the registry, such as user-dashboard:1.0.0; empty = no app yet.')
param image string = ''

@description('Ends the name of the new revision; letters, digits and dashes.')
param revisionSuffix string = ''

@description('The revision that keeps all traffic while the new one is tried; empty = the new one has it.')
param stableRevision string = ''

@description('Names people type, without scheme. Those of the environment are always answered.')
param hostNames array = []

@description('Other origins whose pages may call the API.')
param corsOrigins array = []

@description('Networks whose X-Forwarded-For is believed: the ingress, and what stands before it.')
param trustedProxies array = ['100.100.0.0/16']

@description('E-mail of the first administrator; the password is in the vault, as admin-password.')
param adminEmail string

param minReplicas int = 1
param maxReplicas int = 5

@description('vCPU of a replica, as a text because there are no decimal numbers here.')
param cpu string = '1.0'
param memory string = '2Gi'

@description('Worker processes of a replica: one for each vCPU.')
param workers int = 1

@description('Most RU/s. Autoscale goes down to a tenth of it: 4000 is 400 to 4000.')
@minValue(1000)
param cosmosMaxThroughput int = 4000

@description('cache: Azure Cache for Redis, port 6380. managed: Azure Managed Redis, port 10000, for tenants that cannot make a cache any more.')
@allowed(['cache', 'managed'])
param redisKind string = 'cache'

@description('Of Azure Cache for Redis: Basic has one node and no promise, Standard two.')
@allowed(['Basic', 'Standard', 'Premium'])
param redisTier string = 'Standard'
param redisCapacity int = 1

@description('Whether a container of its own on port 3000 stands in front.')
param withFrontend bool = false

@description('Of the frontend, as `image`.')
param frontendImage string = ''

@description('Whether activity is forwarded to a topic of Service Bus, made for it.')
param withEvents bool = false

@description('Of that topic: the systems that read it, a subscription each.')
param eventReaders array = ['all']

@description('Where alerts go; empty = nobody is told.')
param alertEmail string = ''
param logRetentionDays int = 30

var name = 'dashboard-${environmentName}'
var suffix = uniqueString(resourceGroup().id)
var tags = {
  application: 'user-dashboard'
  environment: environmentName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-id'
  location: location
  tags: tags
}

module observability 'modules/observability.bicep' = {
  name: 'observability'
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: 'dashboard${environmentName}${suffix}'
    location: location
    tags: tags
    pullPrincipalId: identity.properties.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: take('kv-${environmentName}-${suffix}', 24)
    location: location
    tags: tags
    readerPrincipalId: identity.properties.principalId
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    name: '${name}-${suffix}'
    location: location
    tags: tags
    replicaLocations: replicaLocations
    maxThroughput: cosmosMaxThroughput
    vaultName: vault.outputs.name
    workspaceId: observability.outputs.workspaceId
  }
}

module cache 'modules/cache.bicep' = if (redisKind == 'cache') {
  name: 'cache'
  params: {
    name: '${name}-${suffix}'
    location: location
    tags: tags
    tier: redisTier
    capacity: redisCapacity
    vaultName: vault.outputs.name
  }
}

module managedCache 'modules/managed-cache.bicep' = if (redisKind == 'managed') {
  name: 'managed-cache'
  params: {
    name: '${name}-${suffix}'
    location: location
    tags: tags
    vaultName: vault.outputs.name
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    name: name
    location: location
    tags: tags
    workspaceName: observability.outputs.workspaceName
  }
}

module events 'modules/events.bicep' = if (withEvents) {
  name: 'events'
  params: {
    name: '${name}-${suffix}'
    location: location
    tags: tags
    senderPrincipalId: identity.properties.principalId
    readers: eventReaders
  }
}

module backend 'modules/backend.bicep' = if (!empty(image)) {
  name: 'backend'
  params: {
    name: '${name}-backend'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    identityId: identity.id
    identityClientId: identity.properties.clientId
    registryServer: registry.outputs.server
    image: image
    revisionSuffix: revisionSuffix
    stableRevision: stableRevision
    vaultUri: vault.outputs.uri
    hostNames: concat(hostNames, ['*.${environment.outputs.defaultDomain}'])
    corsOrigins: concat(corsOrigins, withFrontend ? ['https://${name}-frontend.${environment.outputs.defaultDomain}'] : [])
    trustedProxies: trustedProxies
    adminEmail: adminEmail
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    cpu: cpu
    memory: memory
    workers: workers
    eventsConnection: withEvents ? events!.outputs.connection : ''
    eventsTopic: withEvents ? events!.outputs.topicName : ''
    applicationInsights: observability.outputs.connectionString
  }
  dependsOn: [
    database
    cache
    managedCache
  ]
}

module frontend 'modules/frontend.bicep' = if (withFrontend && !empty(frontendImage) && !empty(image)) {
  name: 'frontend'
  params: {
    name: '${name}-frontend'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    identityId: identity.id
    registryServer: registry.outputs.server
    image: frontendImage
    backendHost: !empty(image) ? backend!.outputs.host : ''
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(image)) {
  name: 'alerts'
  params: {
    name: name
    tags: tags
    email: alertEmail
    backendId: !empty(image) ? backend!.outputs.id : ''
    databaseId: database.outputs.id
    redisId: redisKind == 'cache' ? cache!.outputs.id : managedCache!.outputs.id
    location: location
    workspaceId: observability.outputs.workspaceId
    withEvents: withEvents
  }
}

output identityId string = identity.id
output identityClientId string = identity.properties.clientId
output backendName string = '${name}-backend'
output backendHost string = !empty(image) ? backend!.outputs.host : ''
output registryServer string = registry.outputs.server
output vaultName string = vault.outputs.name
output vaultUri string = vault.outputs.uri
output eventsConnection string = withEvents ? events!.outputs.connection : ''
output eventsTopic string = withEvents ? events!.outputs.topicName : ''
output workspaceName string = observability.outputs.workspaceName
#disable-next-line outputs-should-not-contain-secrets // it only lets telemetry in
output applicationInsights string = observability.outputs.connectionString
