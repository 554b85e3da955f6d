using '../main.bicep'

param environmentName = 'staging'
// The pipeline says which image and revision: empty, everything but the app is made.
param image = readEnvironmentVariable('IMAGE', '')
param revisionSuffix = readEnvironmentVariable('REVISION_SUFFIX', '')
param stableRevision = readEnvironmentVariable('STABLE_REVISION', '')
param adminEmail = readEnvironmentVariable('ADMIN_EMAIL')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param cosmosMaxThroughput = 1000
param redisTier = 'Standard'
param redisCapacity = 0
param withEvents = true // tried here before it is in prod
