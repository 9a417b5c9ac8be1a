services = {
  'api-workers' => { 'id' => 'api', 'codebase' => 'api', 'command' => 'bin/api-worker --port 8000' },
  'cronq-workers' => { 'id' => 'cronq', 'codebase' => 'api', 'command' => 'cronq-runner', 'processes' => 2 },
  'djjob' => { 'id' => 'djjob', 'codebase' => 'api', 'command' => 'php bin/djjob.php' },
  'ftp-listener' => { 'id' => 'ftp-listener', 'command' => 'vsftpd /etc/vsftpd.conf' },
  'ftp-processor' => { 'id' => 'ftp-processor', 'codebase' => 'api', 'command' => 'bin/ftp-processor' },
  'process-users' => { 'id' => 'process-users', 'codebase' => 'api', 'command' => 'bin/process-users' },
}

services.each do |service, item|
  describe "seatgeek-service::#{service}" do
    before do
      planted = { 'env' => { 'TOKEN' => 'planted-secret' }, 'users' => { 'acme' => 'planted-secret' } }
      stub_codebase('api', 'deploy_key' => 'planted-secret')
      stub_watchers(service, item.merge(planted))
      stub_command(/circusd --version/).and_return(false)
      stub_files('/opt/circus/bin/circusctl' => '')
    end

    on_every_node do |platform, stage|
      subject(:run) { converge("seatgeek-service::#{service}", stage, platform) }

      let(:ini) { run.template("/etc/circus/conf.d/#{service}.ini") }

      it 'installs circus, and starts it on instances only' do
        is_expected.to run_execute('install circus 0.19.0')
        started = stage == 'instance'
        is_expected.to create_systemd_unit('circus.service')
        expect(run.service('circus').performed_actions).to eq(started ? %i(enable start) : %i(disable stop))
      end

      it 'has its watcher, which circus takes up at once and only root can read' do
        is_expected.to render_file(ini.path).with_content("cmd = #{item['command']}\n")
        expect(ini).to have_attributes(mode: '0600', sensitive: true)
        expect(ini).to notify('execute[reload circus]').to(:run).immediately
      end

      it('has its codebase') { is_expected.to sync_git('/data/codebases/api') } if item['codebase']

      it 'hides from logs, and from others than the owner, what holds a secret' do
        holding = run.resource_collection.select { |resource| content_of(run, resource).include?('planted-secret') }
        expect(holding.map(&:sensitive).uniq).to eq([true])
        expect(holding.map(&:mode).uniq).to eq(['0600'])
        expect(holding.map(&:backup).uniq).to eq([false])
      end

      it 'says that it is available' do
        expect(run.node['seatgeek-services']['available'][service]).to be(true)
      end
    end
  end

  describe "seatgeek-service::delete-#{service}" do
    ini = "/etc/circus/conf.d/#{service}.ini"

    before { stub_files(ini => "working_dir = /data/codebases/api\n", '/opt/circus/bin/circusctl' => '') }

    on_every_node do |platform, stage|
      subject(:run) { converge("seatgeek-service::delete-#{service}", stage, platform) }

      it 'takes its watcher away, with no data bag at hand' do
        is_expected.to delete_file(ini)
        expect(run.file(ini)).to notify('execute[reload circus]').to(:run).immediately
        expect(run.node['seatgeek-services']['available'][service]).to be(false)
      end

      it 'takes its codebase away, unless another service runs in it' do
        allow(File).to receive(:directory?).and_call_original
        allow(File).to receive(:directory?).with('/data/codebases/api/.git').and_return(true)
        is_expected.to delete_directory('/data/codebases/api').with(recursive: true)
      end

      it 'leaves a codebase that another service runs in' do
        other = '/etc/circus/conf.d/other.ini'
        stub_files(ini => "working_dir = /data/codebases/api\n", other => "working_dir = /data/codebases/api\n")
        allow(Dir).to receive(:[]).and_call_original
        allow(Dir).to receive(:[]).with('/etc/circus/conf.d/*.ini').and_return([ini, other])
        allow(File).to receive(:directory?).and_call_original
        allow(File).to receive(:directory?).with('/data/codebases/api/.git').and_return(true)
        is_expected.not_to delete_directory('/data/codebases/api')
      end
    end
  end
end
