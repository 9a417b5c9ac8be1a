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

  it 'can be spoken to by root only' do
    service = run('id' => 'x', 'command' => 'run').systemd_unit('circus.service').content[:Service]
    expect(service).to include(RuntimeDirectory: 'circus', RuntimeDirectoryMode: '0700')
  end
end
