# The reverse of process-users. The temporary storage goes with what is in it.
seatgeek_circus 'process-users' do
  action :delete
end

storage = node['seatgeek']['temporary_storage']

if storage['device'] && instance_stage?
  mount storage['path'] do
    device storage['device']
    action %i(umount disable)
  end
end

directory storage['path'] do
  recursive true
  action :delete
end

node.default['seatgeek-services']['available']['process-users'] = false
