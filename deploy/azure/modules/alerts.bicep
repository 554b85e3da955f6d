// What somebody is told about. Thresholds are where users begin to notice; each alert
// has an entry in docs/operations.md.
param name string
param tags object
param email string
param backendId string
param databaseId string
param redisId string
param location string
param workspaceId string
param withEvents bool

var alerts = [
  {
    name: 'errors'
    description: 'More than 10 answers of 500 and above within 5 minutes.'
    severity: 1
    scope: backendId
    metric: 'Requests'
    aggregation: 'Total'
    threshold: 10
    dimensions: [
      {
        name: 'statusCodeCategory'
        operator: 'Include'
        values: ['5xx']
      }
    ]
  }
  {
    name: 'latency'
    description: 'The average answer took longer than a second for 5 minutes.'
    severity: 2
    scope: backendId
    metric: 'ResponseTime'
    aggregation: 'Average'
    threshold: 1000
    dimensions: []
  }
  {
    name: 'restarts'
    description: 'A replica was restarted three times or more.'
    severity: 1
    scope: backendId
    metric: 'RestartCount'
    aggregation: 'Maximum'
    threshold: 2
    dimensions: []
  }
  {
    name: 'throttled'
    description: 'Cosmos DB put off more than 100 requests within 5 minutes.'
    severity: 2
    scope: databaseId
    metric: 'TotalRequests'
    aggregation: 'Count'
    threshold: 100
    dimensions: [
      {
        name: 'StatusCode'
        operator: 'Include'
        values: ['429']
      }
    ]
  }
  {
    name: 'throughput'
    description: 'Cosmos DB used 90 % of its highest throughput for 5 minutes.'
    severity: 2
    scope: databaseId
    metric: 'NormalizedRUConsumption'
    aggregation: 'Average'
    threshold: 90
    dimensions: []
  }
  {
    name: 'redis-memory'
    description: 'Redis is 80 % full: it will throw out cached reads next.'
    severity: 2
    scope: redisId
    metric: 'usedmemorypercentage'
    aggregation: 'Maximum'
    threshold: 80
    dimensions: []
  }
]

// Of the service's own figures, as Application Insights has them.
var queries = [
  {
    name: 'forward-lag'
    description: 'Events wait for their receiver for more than 5 minutes.'
    severity: 2
    query: 'AppMetrics | where Name == "dashboard_forward_lag_seconds" | summarize found = max(Sum)'
    threshold: 300
  }
  {
    name: 'forward-lost'
    description: 'Events were too old to be kept before they were forwarded.'
    severity: 1
    query: 'AppMetrics | where Name == "dashboard_forward_lost_total" | summarize found = sum(Sum)'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'dashboard'
    enabled: true
    emailReceivers: [
      {
        name: 'first'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/metricAlerts@2018-03-01' = [for one in alerts: {
  name: '${name}-${one.name}'
  location: 'global'
  tags: tags
  properties: {
    description: one.description
    severity: one.severity
    enabled: true
    scopes: [one.scope]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: one.name
          criterionType: 'StaticThresholdCriterion'
          metricName: one.metric
          timeAggregation: one.aggregation
          operator: 'GreaterThan'
          threshold: one.threshold
          dimensions: one.dimensions
        }
      ]
    }
    actions: empty(email) ? [] : [
      {
        actionGroupId: people.id
      }
    ]
  }
}]

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for one in queries: if (withEvents) {
  name: '${name}-${one.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: one.description
    severity: one.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    // The first deployment comes before the first figure.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: one.query
          metricMeasureColumn: 'found'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: one.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: empty(email) ? [] : [people.id]
    }
  }
}]
