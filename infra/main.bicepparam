// Copy, fill in and keep outside the repository. The password comes from the environment of whoever deploys.
using './main.bicep'

param domain = 'signpost.force.police.uk'
param botAppId = '<MICROSOFT_APP_ID>'
param tabAppId = '<TAB_APP_ID>'
param registryName = '<registry>'
param image = '<registry>.azurecr.io/signpost@sha256:<digest>'
param databaseAdminPassword = readEnvironmentVariable('DATABASE_ADMIN_PASSWORD')
param administratorsGroupId = '<object id of the group>'
param administratorsGroupName = '<name of the group>'
param alertEmail = 'on-call@force.police.uk'
