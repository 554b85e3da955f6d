using '../main.bicep'

param environmentName = 'dev'
// The pipeline says which image and revision: empty, everything but the app is made.
param image = readEnvironmentVariable('IMAGE', '')
param revisionSuffix = readEnvironmentVariable('REVISION_SUFFIX', '')
param stableRevision = readEnvironmentVariable('STABLE_REVISION', '')
param adminEmail = readEnvironmentVariable('ADMIN_EMAIL')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param cosmosMaxThroughput = 1000 // 100 to 1000 RU/s, the smallest there is
param redisTier = 'Basic'
param redisCapacity = 0
param maxReplicas = 2
param cpu = '0.5'
param memory = '1Gi'
param withEvents = false
