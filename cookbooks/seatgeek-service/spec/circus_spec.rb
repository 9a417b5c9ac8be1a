describe 'seatgeek_circus' do
  before do
    stub_codebase('api')
    stub_command(/circusd --version/).and_return(true)
    stub_files('/opt/circus/bin/circusctl' => '')
  end

  def run(*items)
    stub_watchers('cronq-workers', *items)
    converge('seatgeek-service::cronq-workers', 'instance')
  end

  it 'makes a watcher of each item, with the environment of its own' do
    items = [{ 'id' => 'slow', 'codebase' => 'api', 'command' => 'cronq-runner', 'processes' => 3,
               'env' => { 'DATABASE_URL' => 'mysql://cronq:hunter2@db/cronq' } },
             { 'id' => 'cronq-workers', 'command' => 'other' }]
    path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    expect(run(*items)).to render_file('/etc/circus/conf.d/cronq-workers.ini').with_content(<<~INI)
      ; Written by Chef: seatgeek_circus[cronq-workers]

      [watcher:cronq-workers]
      cmd = other
      numprocesses = 1
      working_dir = /
      uid = seatgeek

      [env:cronq-workers]
      PATH = #{path}

      [watcher:cronq-workers-slow]
      cmd = cronq-runner
      numprocesses = 3
      working_dir = /data/codebases/api
      uid = seatgeek

      [env:cronq-workers-slow]
      PATH = /data/codebases/api/.venv/bin:/data/codebases/api/bin:#{path}
      DATABASE_URL = mysql://cronq:hunter2@db/cronq
    INI
  end

  it 'refuses what circus would read as something else, without showing it' do
    ["a\nuid = root", 'a ; b', '((circus.env.x))'].each do |value|
      expect { run('id' => 'x', 'command' => 'run', 'env' => { 'SECRET' => value }) }
        .to raise_error(%r{cronq-workers/x: circus cannot be given this SECRET\z})
    end
  end

  it 'refuses an empty data bag' do
    expect { run }.to raise_error(/the data bag cronq-workers is empty/)
  end

  it 'starts anew what it watches when the codebase has a new revision' do
    allow(File).to receive(:directory?).and_call_original
    allow(File).to receive(:directory?).with('/data/codebases/api/.git').and_return(true)
    allow_any_instance_of(Chef::Provider).to receive(:shell_out!)
      .with('git rev-parse HEAD', cwd: '/data/codebases/api', user: 'seatgeek').and_return(double(stdout: "4ea7c0de\n"))
    expect(run('id' => 'x', 'codebase' => 'api', 'command' => 'run'))
      .to render_file('/etc/circus/conf.d/cronq-workers.ini').with_content("CODEBASE_REVISION = 4ea7c0de\n")
  end

  it 'is stopped before what it read at its start changes' do
    run = run('id' => 'x', 'command' => 'run')
    expect(run.execute('install circus 0.19.0')).to notify('service[circus]').to(:stop).immediately
    expect(run.file('/etc/circus/circus.ini')).to notify('service[circus]').to(:stop).immediately
  end

  it 'can be spoken to by root only' do
    service = run('id' => 'x', 'command' => 'run').systemd_unit('circus.service').content[:Service]
    expect(service).to include(RuntimeDirectory: 'circus', RuntimeDirectoryMode: '0700')
  end
end
