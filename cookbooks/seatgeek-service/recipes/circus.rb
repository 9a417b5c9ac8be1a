# Circus, the process manager of all services here: from PyPI into a virtual environment, as neither system packages it.
version = node['circus']['version']
home = SeatGeek::Circus::HOME

package %w(python3-venv python3-psutil python3-tornado python3-zmq)

# What circus read when it started is gone with the next two, so they stop it, and the end of the recipe starts it.
execute "install circus #{version}" do
  command "python3 -m venv --clear --system-site-packages #{home} && " \
          "#{home}/bin/pip install --disable-pip-version-check --no-deps circus==#{version}"
  not_if "test \"$(#{home}/bin/circusd --version)\" = #{version}"
  notifies :stop, 'service[circus]', :immediately
end

directory SeatGeek::Circus::WATCHERS do
  recursive true
end

file '/etc/circus/circus.ini' do
  content <<~INI
    [circus]
    endpoint = ipc://#{SeatGeek::Circus::RUN}/endpoint
    pubsub_endpoint = ipc://#{SeatGeek::Circus::RUN}/pubsub
    include_dir = #{SeatGeek::Circus::WATCHERS}
  INI
  notifies :stop, 'service[circus]', :immediately
end

systemd_unit 'circus.service' do
  content(
    Unit: { Description: 'Circus, the process manager', After: 'network.target' },
    Service: {
      EnvironmentFile: '-/etc/seatgeek/environment',
      ExecStart: "#{home}/bin/circusd /etc/circus/circus.ini",
      RuntimeDirectory: ::File.basename(SeatGeek::Circus::RUN),
      RuntimeDirectoryMode: '0700',
      Restart: 'always',
      RestartSec: 5,
    },
    Install: { WantedBy: 'multi-user.target' }
  )
  action :create
end

service 'circus' do
  action service_actions
end
