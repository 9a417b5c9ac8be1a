# The FTP server that partners upload to. As root: it takes a port below 1024, and gives up its rights itself.
include_recipe 'seatgeek-service::circus'
include_recipe 'vftp::default'

seatgeek_circus 'ftp-listener' do
  user 'root'
end

# vsftpd reads its file when it starts.
execute 'vsftpd reads its file anew' do
  command SeatGeek::Circus.control('restart ftp-listener')
  only_if { instance_stage? }
  subscribes :run, 'template[/etc/vsftpd.conf]'
  action :nothing
end

node.default['seatgeek-services']['available']['ftp-listener'] = true
