// What somebody has to look at, each with what to do in docs/runbook.md, "On call".
param name string
param location string
param tags object
param workspaceId string
param actionGroupId string
param appId string
param databaseId string
param minReplicas int

// Metrics of the platform. `critical` (severity 1) wakes somebody, 2 waits for the morning.
var metrics = [
  {
    name: 'answers-failing'
    says: 'Requests are answered with 5xx.'
    scope: appId
    space: 'Microsoft.App/containerApps'
    metric: 'Requests'
    over: 10
    how: 'GreaterThan'
    sum: 'Total'
    severity: 1
    dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }]
  }
  {
    name: 'restarting'
    says: 'Instances of the bot restart.'
    scope: appId
    space: 'Microsoft.App/containerApps'
    metric: 'RestartCount'
    over: 3
    how: 'GreaterThan'
    sum: 'Maximum'
    severity: 1
    dimensions: []
  }
  {
    name: 'too-few-instances'
    says: 'Fewer instances of the bot run than are to run: the others are not ready or not placed.'
    scope: appId
    space: 'Microsoft.App/containerApps'
    metric: 'Replicas'
    over: minReplicas
    how: 'LessThan'
    sum: 'Maximum'
    severity: 1
    dimensions: []
  }
  {
    name: 'database-filling'
    says: 'The database has used four fifths of its storage.'
    scope: databaseId
    space: 'Microsoft.DBforPostgreSQL/flexibleServers'
    metric: 'storage_percent'
    over: 80
    how: 'GreaterThan'
    sum: 'Average'
    severity: 2
    dimensions: []
  }
  {
    name: 'database-busy'
    says: 'The database has used four fifths of its processors for a quarter of an hour.'
    scope: databaseId
    space: 'Microsoft.DBforPostgreSQL/flexibleServers'
    metric: 'cpu_percent'
    over: 80
    how: 'GreaterThan'
    sum: 'Average'
    severity: 2
    dimensions: []
  }
  {
    name: 'database-gone'
    says: 'The database does not answer.'
    scope: databaseId
    space: 'Microsoft.DBforPostgreSQL/flexibleServers'
    metric: 'is_db_alive'
    over: 1
    how: 'LessThan'
    sum: 'Minimum'
    severity: 1
    dimensions: []
  }
]

resource onMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for one in metrics: {
    name: '${name}-${one.name}'
    location: 'global'
    tags: tags
    properties: {
      description: one.says
      severity: one.severity
      enabled: true
      scopes: [one.scope]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: one.name
            metricNamespace: one.space
            metricName: one.metric
            operator: one.how
            threshold: one.over
            timeAggregation: one.sum
            dimensions: one.dimensions
          }
        ]
      }
      actions: [
        { actionGroupId: actionGroupId }
      ]
    }
  }
]

// Events of the bot's own log, by their name. Lines are JSON; they hold no words of anybody.
var events = [
  { name: 'faults', says: 'The bot logs faults.', level: 'error', events: [], over: 20, severity: 1 }
  {
    name: 'directory-gone'
    says: 'Roles or keys cannot be read from Entra: people are refused who may come in.'
    level: 'error'
    events: ['directory-not-read', 'keys-not-fetched', 'bot-keys-not-fetched']
    over: 5
    severity: 1
  }
  {
    name: 'model-falls-back'
    says: 'The model does not answer in time or cannot be used; answers come without it.'
    level: 'warn'
    events: ['answer-not-improved', 'embedding-failed']
    over: 50
    severity: 2
  }
]
var lines = 'ContainerAppConsoleLogs_CL | where ContainerAppName_s == \'${name}\' | extend line = parse_json(Log_s)'

resource onEvents 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in events: {
    name: '${name}-${one.name}'
    location: location
    tags: tags
    properties: {
      displayName: '${name}-${one.name}'
      description: one.says
      severity: one.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // The table is there once the bot has logged.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: empty(one.events)
              ? '${lines} | where tostring(line.level) == \'${one.level}\''
              : '${lines} | where tostring(line.event) in (\'${join(one.events, '\', \'')}\')'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: one.over
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actionGroupId] }
    }
  }
]

resource notReady 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-not-ready'
  location: location
  tags: tags
  properties: {
    displayName: '${name}-not-ready'
    description: 'Instances of the bot fail their readiness check: /readyz names the part.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'ContainerAppSystemLogs_CL | where ContainerAppName_s == \'${name}\' | where Reason_s == \'ProbeFailed\' | where Log_s has \'readiness\''
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 10
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}
