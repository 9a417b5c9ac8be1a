# The reverse of ftp-processor.
seatgeek_circus 'ftp-processor' do
  action :delete
end

node.default['seatgeek-services']['available']['ftp-processor'] = false
