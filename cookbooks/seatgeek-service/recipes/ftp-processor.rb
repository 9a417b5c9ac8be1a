# The workers that fetch uploads from the FTP servers and process them.
include_recipe 'seatgeek-service::circus'

seatgeek_circus 'ftp-processor'

node.default['seatgeek-services']['available']['ftp-processor'] = true
