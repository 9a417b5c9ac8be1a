# The workers that run the jobs of cronq; cronq-runner itself comes with the codebase.
include_recipe 'seatgeek-service::circus'

seatgeek_circus 'cronq-workers'

node.default['seatgeek-services']['available']['cronq-workers'] = true
