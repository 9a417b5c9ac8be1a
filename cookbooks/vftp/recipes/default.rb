# An FTP server whose users exist for FTP only: vsftpd, with users of the data bag in a file of its own. It is installed
# and configured here; who includes this recipe runs it.
users = data_bag_item(*node['ftp']['users_item']).fetch('users', {})
directory = node['ftp']['directory']
log 'vftp: the data bag names no users, so nobody can log in' if users.empty?

# Before the package, which would start it.
systemd_unit 'vsftpd.service' do
  action :mask
end

package %w(vsftpd libpam-pwdfile openssl)

user 'vftp' do
  system true
  home directory
  shell '/usr/sbin/nologin'
  not_if { known_user?('vftp') }
end

# The empty folder is the one that vsftpd gives up its rights in; that of the package is in /run and gone after a boot.
['/etc/vftp', '/etc/vftp/users', '/var/lib/vftp', '/var/lib/vftp/empty'].each { |path| directory path }

directory directory do
  recursive true
  owner 'vftp'
  group 'vftp'
  mode '0750'
end

users.each_key do |name|
  raise "ftp-listener: the user's name #{name.inspect} is not one" unless name.match?(/\A[A-Za-z0-9][\w.-]*\z/)

  if name == node['ftp']['reader']
    file "/etc/vftp/users/#{name}" do
      content "local_root=#{directory}\n"
    end
  else
    directory "#{directory}/#{name}" do
      owner 'vftp'
      group 'vftp'
      mode '0750'
    end
  end
end

file '/etc/vftp/passwd' do
  content users.sort.map { |name, hash| "#{name}:#{hash}\n" }.join
  mode '0600'
  sensitive true
  backup false
end

file '/etc/pam.d/vftp' do
  content "auth required pam_pwdfile.so pwdfile /etc/vftp/passwd\naccount required pam_permit.so\n"
end

template '/etc/vsftpd.conf' do
  source 'vsftpd.conf.erb'
  variables(
    directory: directory,
    # The address of the builder must not come into an image.
    passive_address: node['ftp']['passive_address'] || (node.read('ec2', 'public_ipv4') if instance_stage?)
  )
end
