# What every node has, whatever its system: packages, folders, its own name, and the people who may log in.
package node['seatgeek']['packages'].to_a

%w(/data /data/shared /etc/seatgeek).each { |path| directory path }

# For services (EnvironmentFile) and people alike.
file '/etc/seatgeek/environment' do
  content "ENVIRONMENT=#{node['environment']}\nNODE=#{node['id']}\n"
end

node['seatgeek']['people'].each do |name, keys|
  user name do
    manage_home true
    home "/home/#{name}"
    shell '/bin/bash'
    not_if { known_user?(name) }
  end

  directory "/home/#{name}/.ssh" do
    owner name
    group name
    mode '0700'
  end

  file "/home/#{name}/.ssh/authorized_keys" do
    content keys.map { |key| "#{key}\n" }.join
    owner name
    group name
    mode '0600'
  end
end
