using '../multi-region.bicep'

param environmentName = 'prod'
// The pipeline says which image and revision: empty, everything but the app is made.
param image = readEnvironmentVariable('IMAGE', '')
param revisionSuffix = readEnvironmentVariable('REVISION_SUFFIX', '')
param stableRevision = readEnvironmentVariable('STABLE_REVISION', '')
param adminEmail = readEnvironmentVariable('ADMIN_EMAIL')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param secondaryLocation = readEnvironmentVariable('SECONDARY_LOCATION', 'northeurope')
param cosmosMaxThroughput = 4000 // in each region
param withEvents = false
param eventReaders = ['all']
