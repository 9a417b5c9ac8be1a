# The FTP server that partners upload to. As root: it takes a port below 1024, and gives up its rights itself.
include_recipe 'seatgeek-service::circus'
include_recipe 'vftp::default'

seatgeek_circus 'ftp-listener' do
  user 'root'
end

node.default['seatgeek-services']['available']['ftp-listener'] = true
