# The reverse of cronq-workers.
seatgeek_circus 'cronq-workers' do
  action :delete
end

node.default['seatgeek-services']['available']['cronq-workers'] = false
