/** One tab for each thing the API is good at, for whoever opens the explorer first. */

export const starters: { query: string; variables?: string }[] = [
  {
    query: `# Who you are, and on which devices.
query Me {
  me { id name email role presence lastSeenAt }
  sessions { id device ip lastSeenAt current liveConnections }
}
`,
  },
  {
    query: `# Everybody, page by page; for administrators.
query Users($first: Int!, $after: String, $filter: UserFilter) {
  users(first: $first, after: $after, filter: $filter, orderBy: NAME_ASC) {
    totalCount
    nodes { id name email role status presence }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: '{\n  "first": 10,\n  "filter": { "status": "ACTIVE" }\n}',
  },
  {
    query: `# The dashboard's figures, and the period before.
query Stats {
  stats(range: LAST_24_HOURS) {
    activeUsers { value previous changePct }
    requests { value previous changePct }
    errorRate { value previous }
    responseTimeMs { value previous }
    asOf
  }
}
`,
  },
  {
    query: `# Time series; take any name that metricNames has.
query Metrics($names: [String!]!, $last: String!) {
  metricNames { name kind unit }
  metrics(names: $names, range: { last: $last }, maxPoints: 48) {
    interval
    series {
      name
      unit
      points { start value partial }
      summary { min max avg }
    }
  }
}
`,
    variables: '{\n  "names": ["api.requests", "api.response_ms"],\n  "last": "PT24H"\n}',
  },
  {
    query: `# What happened, newest first.
query Activity($filter: ActivityFilter) {
  activity(first: 10, filter: $filter) {
    nodes { summary action actorLabel targetLabel severity occurredAt }
    newestCursor
  }
}
`,
    variables: '{\n  "filter": { "actions": ["user.*", "auth.*"] }\n}',
  },
  {
    query: `# Live: buckets as they fill. Run again to stop.
subscription LiveMetrics {
  metricUpdated(names: ["api.requests", "api.response_ms"], interval: PT1M) {
    name
    points { start value count partial }
  }
}
`,
  },
  {
    query: `# Live: the figures, when they change.
subscription LiveStats {
  dashboardUpdated(range: LAST_HOUR) {
    requests { value }
    onlineUsers { value }
    asOf
  }
}
`,
  },
  {
    query: `# Live: what happens. \`after\` goes on from there.
subscription LiveActivity($after: String) {
  activityAdded(after: $after) {
    ... on ActivityAdded { cursor activity { summary actorLabel occurredAt } }
    ... on Gap { reason from to }
  }
}
`,
  },
  {
    query: `# Your inbox.
query Notifications {
  notifications(first: 10) {
    unreadCount
    nodes { id title body level link readAt createdAt }
  }
}
`,
  },
  {
    query: `# Live: who is online, who comes and goes.
subscription Presence {
  userStatusChanged { user { name } status at }
}
`,
  },
];
