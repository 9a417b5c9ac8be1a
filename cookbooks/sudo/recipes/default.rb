# Who may act as root. One file of ours in sudoers.d: what the image brings stays as it is.
package 'sudo'

template '/etc/sudoers.d/package' do
  source 'sudoers.erb'
  mode '0440'
  variables(
    names: node['sudo']['groups'].map { |group| "%#{group}" } + node['sudo']['users'].to_a,
    tag: node['sudo']['passwordless'] ? 'NOPASSWD:' : ''
  )
  # A sudoers file with a mistake locks everyone out of root. A why-run on a new machine has no visudo yet.
  verify 'test ! -x /usr/sbin/visudo || /usr/sbin/visudo -cf %{path}'
end
