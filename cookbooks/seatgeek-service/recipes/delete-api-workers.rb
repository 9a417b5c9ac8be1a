# The reverse of api-workers.
seatgeek_circus 'api-workers' do
  action :delete
end

s3_file node['seatgeek']['geoip']['s3_file'] do
  path node['seatgeek']['geoip']['path']
  action :delete
end

node.default['seatgeek-services']['available']['api-workers'] = false
