# The workers that play with users, and the temporary storage that they need.
include_recipe 'seatgeek-service::circus'

storage = node['seatgeek']['temporary_storage']

directory storage['path'] do
  recursive true
  mode '1777'
end

if storage['device'] && instance_stage?
  mount storage['path'] do
    device storage['device']
    fstype storage['filesystem']
    options storage['options']
    action %i(mount enable)
  end

  # The root of a file system has rights of its own.
  directory "#{storage['path']} as mounted" do
    path storage['path']
    mode '1777'
  end
end

seatgeek_circus 'process-users'

node.default['seatgeek-services']['available']['process-users'] = true
