# The workers that take jobs from the queue of djjob, which is PHP.
include_recipe 'seatgeek-service::circus'

package 'php-cli'

seatgeek_circus 'djjob'

node.default['seatgeek-services']['available']['djjob'] = true
