# What a service needs beside its watcher.
describe 'the dependencies of a service' do
  before do
    stub_codebase('api')
    %w(api-workers djjob ftp-listener process-users).each do |service|
      stub_watchers(service, 'id' => service, 'command' => 'run')
    end
    stub_command(/circusd --version/).and_return(true)
  end

  on_every_node do |platform, stage|
    it 'api-workers: the geographic database' do
      expect(converge('seatgeek-service::api-workers', stage, platform))
        .to create_s3_file('shared/seatgeek/geoip.db').with(path: '/data/shared/geoip.db')
    end

    it 'delete-api-workers: without it' do
      expect(converge('seatgeek-service::delete-api-workers', stage, platform))
        .to delete_s3_file('shared/seatgeek/geoip.db')
    end

    it 'djjob: PHP' do
      expect(converge('seatgeek-service::djjob', stage, platform)).to install_package('php-cli')
    end

    it 'ftp-listener: the FTP server, as root' do
      run = converge('seatgeek-service::ftp-listener', stage, platform)
      expect(run).to create_template('/etc/vsftpd.conf')
      expect(run).to render_file('/etc/circus/conf.d/ftp-listener.ini').with_content("uid = root\n")
      expect(run.execute('vsftpd reads its file anew')).to subscribe_to('template[/etc/vsftpd.conf]').on(:run).delayed
    end

    it 'delete-ftp-listener: without it' do
      run = converge('seatgeek-service::delete-ftp-listener', stage, platform)
      expect(run).to remove_package('vsftpd')
      expect(run).to delete_file('/etc/vftp/passwd')
    end

    it 'process-users: temporary storage, mounted on instances only' do
      storage = { 'seatgeek' => { 'temporary_storage' => { 'device' => '/dev/xvdf' } } }
      run = converge('seatgeek-service::process-users', stage, platform, storage)
      expect(run).to create_directory('/data/tmp').with(mode: '1777')
      expect(run).send(stage == 'instance' ? :to : :not_to, mount_mount('/data/tmp').with(device: '/dev/xvdf'))
    end

    it 'delete-process-users: without it' do
      storage = { 'seatgeek' => { 'temporary_storage' => { 'device' => '/dev/xvdf' } } }
      run = converge('seatgeek-service::delete-process-users', stage, platform, storage)
      expect(run).send(stage == 'instance' ? :to : :not_to, umount_mount('/data/tmp'))
      expect(run).to delete_directory('/data/tmp')
    end
  end
end
