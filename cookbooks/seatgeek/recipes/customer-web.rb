# The frontend: its codebase behind nginx, the api behind /api/, and /status for the load balancer.
codebase = data_bag_item('codebases', 'customer-web')

package 'nginx'

seatgeek_codebase 'customer-web'

file '/etc/nginx/sites-enabled/default' do
  action :delete
  notifies :reload, 'service[nginx]'
end

template '/etc/nginx/sites-available/customer-web' do
  source 'customer-web.erb'
  variables(
    port: node['seatgeek']['customer-web']['port'],
    root: "#{codebase['path']}/public",
    api_servers: (node.read('seatgeek-services', 'services', 'api-workers') || []).sort,
    api_port: node['seatgeek']['customer-web']['api_port']
  )
  notifies :reload, 'service[nginx]'
end

link '/etc/nginx/sites-enabled/customer-web' do
  to '/etc/nginx/sites-available/customer-web'
  notifies :reload, 'service[nginx]'
end

service 'nginx' do
  action service_actions
end

node.default['seatgeek-services']['available']['customer-web'] = true
