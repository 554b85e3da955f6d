// The service: the API, the sockets and the web client, on port 8000.
param name string
param location string
param tags object
param environmentId string
param identityId string
param identityClientId string
param registryServer string
param image string
param revisionSuffix string

@description('Keeps all traffic while the new revision is tried under its label; empty = the newest has it.')
param stableRevision string
param vaultUri string
param hostNames array
param corsOrigins array
param adminEmail string
param minReplicas int
param maxReplicas int
param cpu string
param memory string
param workers int

@description('Where activity is forwarded to, without a key in it; empty = nowhere.')
param eventsConnection string
param eventsTopic string
param applicationInsights string

@description('The secret that the address of Redis is kept as.')
param redisSecret string = 'redis-url'

@description('Addresses of the ingress, whose X-Forwarded-For is believed: those Container Apps keeps for itself.')
param trustedProxies array = ['100.100.0.0/16']

// Secrets of the vault, by the name of the setting that each of them is.
var secrets = {
  DASHBOARD_MONGODB_URI: 'mongodb-uri'
  DASHBOARD_REDIS_URL: redisSecret
  DASHBOARD_JWT_SECRET: 'jwt-secret'
  DASHBOARD_ADMIN_PASSWORD: 'admin-password'
}
var settings = {
  DASHBOARD_ENV: 'production'
  DASHBOARD_HOST: '0.0.0.0'
  DASHBOARD_PORT: '8000'
  DASHBOARD_WORKERS: string(workers)
  DASHBOARD_MONGODB_DATABASE: 'user_dashboard'
  DASHBOARD_MONGODB_TIMEOUT_MS: '5000'
  DASHBOARD_REDIS_TIMEOUT_MS: '500'
  DASHBOARD_ADMIN_EMAIL: adminEmail
  DASHBOARD_ALLOWED_HOSTS: join(hostNames, ',')
  DASHBOARD_BACKEND_CORS_ORIGINS: join(corsOrigins, ',')
  DASHBOARD_TRUSTED_PROXIES: join(trustedProxies, ',')
  DASHBOARD_DRAIN_S: '10'
  DASHBOARD_SHUTDOWN_GRACE_S: '20'
  DASHBOARD_FORWARD_SERVICE_BUS_CONNECTION: eventsConnection
  DASHBOARD_FORWARD_SERVICE_BUS_ENTITY: eventsTopic
  // Which of the identities of the app it is to be.
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights
}
var newest = [
  {
    latestRevision: true
    weight: 100
  }
]
// Blue has the traffic; green has none but can be asked by its label's address.
var blueGreen = [
  {
    revisionName: stableRevision
    weight: 100
    label: 'blue'
  }
  {
    revisionName: '${name}--${revisionSuffix}'
    weight: 0
    label: 'green'
  }
]

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Multiple'
      maxInactiveRevisions: 10
      ingress: {
        external: true
        targetPort: 8000
        // HTTP/1.1, HTTP/2 and WebSockets, as the caller asks.
        transport: 'auto'
        allowInsecure: false
        // Any replica can go on with any client: events are resumed from Redis.
        stickySessions: {
          affinity: 'none'
        }
        traffic: empty(stableRevision) ? newest : blueGreen
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [for one in items(secrets): {
        name: one.value
        keyVaultUrl: '${vaultUri}secrets/${one.value}'
        identity: identityId
      }]
    }
    template: {
      revisionSuffix: revisionSuffix
      // Longer than DRAIN_S and SHUTDOWN_GRACE_S together.
      terminationGracePeriodSeconds: 45
      containers: [
        {
          name: 'backend'
          image: '${registryServer}/${image}'
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          env: concat(
            map(items(settings), one => {
              name: one.key
              value: one.value
            }),
            map(items(secrets), one => {
              name: one.key
              secretRef: one.value
            })
          )
          probes: [
            {
              // Until it is ready for the first time the others do not ask.
              type: 'Startup'
              httpGet: {
                path: '/health'
                port: 8000
              }
              periodSeconds: 5
              failureThreshold: 10
              timeoutSeconds: 5
            }
            {
              // Fails only when the process cannot answer: no restart for a database.
              type: 'Liveness'
              httpGet: {
                path: '/health'
                port: 8000
              }
              periodSeconds: 30
              failureThreshold: 3
              timeoutSeconds: 5
            }
            {
              // Fails as well while it drains, and while MongoDB does not answer.
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: 8000
              }
              periodSeconds: 10
              failureThreshold: 3
              timeoutSeconds: 5
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'http-rule'
            http: {
              metadata: {
                concurrentRequests: '50'
              }
            }
          }
        ]
      }
    }
  }
}

output id string = app.id
output host string = app.properties.configuration.ingress.fqdn
