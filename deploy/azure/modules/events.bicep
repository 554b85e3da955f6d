// A topic of Service Bus that is told everything that happens: docs/forwarding.md. No key
// opens it: the app sends by its identity, and readers are let in by roles of their own.
param name string
param location string
param tags object

@description('Who may send, and no more: the identity of the app.')
param senderPrincipalId string

@description('A subscription for each system that reads; all that comes waits there until it is taken.')
param readers array

var dataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    // The first that has topics and sessions.
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = {
  parent: namespace
  name: 'dashboard-events'
  properties: {
    supportOrdering: true
    enablePartitioning: false
    maxSizeInMegabytes: 5120
    // What is sent again within a day, by an outage, reaches readers once.
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'P1D'
  }
}

resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [for reader in readers: {
  parent: topic
  name: reader
  properties: {
    // A session is a subject: whoever holds it gets its events in order.
    requiresSession: true
    lockDuration: 'PT1M'
    maxDeliveryCount: 10
  }
}]

resource send 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(topic.id, senderPrincipalId, dataSender)
  scope: topic
  properties: {
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataSender)
  }
}

output connection string = 'Endpoint=sb://${namespace.name}.servicebus.windows.net/;Authentication=ManagedIdentity'
output topicName string = topic.name
