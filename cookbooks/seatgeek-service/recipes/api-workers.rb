# The workers that answer the api, with the geographic database that they look visitors up in.
include_recipe 'seatgeek-service::circus'

s3_file node['seatgeek']['geoip']['s3_file'] do
  path node['seatgeek']['geoip']['path']
end

seatgeek_circus 'api-workers'

node.default['seatgeek-services']['available']['api-workers'] = true
