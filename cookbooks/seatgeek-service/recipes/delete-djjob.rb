# The reverse of djjob.
seatgeek_circus 'djjob' do
  action :delete
end

node.default['seatgeek-services']['available']['djjob'] = false
