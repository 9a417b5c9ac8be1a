describe 'vftp::default' do
  let(:users) { { 'acme' => '$6$salt$hash', 'ftp-processor' => '$6$salt$other' } }

  before { stub_data_bag_item('ftp-listener', 'ftp-listener').and_return('id' => 'ftp-listener', 'users' => users) }

  on_every_node do |platform, stage|
    subject { converge('vftp::default', stage, platform) }

    it 'installs vsftpd without letting its package start it' do
      is_expected.to mask_systemd_unit('vsftpd.service')
      is_expected.to install_package(%w(vsftpd libpam-pwdfile openssl))
    end

    it 'configures the ports of the security group' do
      is_expected.to render_file('/etc/vsftpd.conf')
        .with_content("listen_port=21\n\npasv_enable=YES\npasv_min_port=30000\npasv_max_port=30099\nport_enable=NO\n")
    end

    it 'gives each user a folder, and the reader all of them' do
      is_expected.to create_directory('/srv/ftp/uploads/acme').with(owner: 'vftp', mode: '0750')
      is_expected.to create_file('/etc/vftp/users/ftp-processor').with(content: "local_root=/srv/ftp/uploads\n")
      is_expected.not_to create_directory('/srv/ftp/uploads/ftp-processor')
    end

    it 'keeps the hashes out of logs and from other users' do
      is_expected.to create_file('/etc/vftp/passwd')
        .with(content: "acme:$6$salt$hash\nftp-processor:$6$salt$other\n", mode: '0600', sensitive: true)
    end
  end

  it 'tells clients the public address, which is that of the builder in an image' do
    ec2 = { 'ec2' => { 'public_ipv4' => '203.0.113.7' } }
    { 'instance' => /^pasv_address=203.0.113.7$/, 'image' => /\A((?!pasv_address).)*\z/m }.each do |stage, text|
      expect(converge('vftp::default', stage, 'debian', ec2)).to render_file('/etc/vsftpd.conf').with_content(text)
    end
  end

  context 'with a name that would lead out of the folder' do
    let(:users) { { '../etc' => 'x' } }

    it { expect { converge('vftp::default', 'instance') }.to raise_error(/user's name/) }
  end
end
