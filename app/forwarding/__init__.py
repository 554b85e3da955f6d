"""Where activity is forwarded to: a webhook, or Azure Service Bus."""
