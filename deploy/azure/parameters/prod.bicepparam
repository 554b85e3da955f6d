using '../main.bicep'

param environmentName = 'prod'
// The pipeline says which image and revision: empty, everything but the app is made.
param image = readEnvironmentVariable('IMAGE', '')
param revisionSuffix = readEnvironmentVariable('REVISION_SUFFIX', '')
param stableRevision = readEnvironmentVariable('STABLE_REVISION', '')
param adminEmail = readEnvironmentVariable('ADMIN_EMAIL')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param cosmosMaxThroughput = 4000 // 400 to 4000 RU/s
param redisTier = 'Standard'
param redisCapacity = 1
param minReplicas = 2
param maxReplicas = 5
param logRetentionDays = 90
param withEvents = false // true: a topic of Service Bus that is told what happens
param eventReaders = ['all'] // a subscription for each system that reads it
