# The reverse of ftp-listener. What partners uploaded stays: somebody may not have fetched it yet.
seatgeek_circus 'ftp-listener' do
  action :delete
end

package 'vsftpd' do
  action :remove
end

%w(/etc/vftp/passwd /etc/pam.d/vftp).each do |path|
  file path do
    backup false
    action :delete
  end
end

node.default['seatgeek-services']['available']['ftp-listener'] = false
