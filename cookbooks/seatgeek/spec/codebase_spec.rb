describe 'seatgeek_codebase' do
  def run(fields = {})
    stub_codebase('customer-web', fields)
    stub_command(/seatgeek-set-up/).and_return(false)
    converge('seatgeek::customer-web', 'instance')
  end

  it 'belongs to the user of the services' do
    expect(run).to create_user('seatgeek').with(system: true, shell: '/usr/sbin/nologin')
    expect(run).to create_directory('/data/codebases/customer-web').with(owner: 'seatgeek')
  end

  it 'keeps a deploy key out of logs and from other users' do
    path = '/etc/seatgeek/deploy-keys/customer-web'
    with_key = run('deploy_key' => 'PRIVATE')
    expect(with_key).to create_file(path).with(content: "PRIVATE\n", mode: '0600', owner: 'seatgeek', sensitive: true)
    expect(with_key.git('/data/codebases/customer-web').environment['GIT_SSH_COMMAND']).to include(path)
  end

  it 'is set up once for each revision, as the user' do
    expect(run('setup' => 'make')).to run_execute('set up customer-web')
      .with(command: 'make && git rev-parse HEAD > .git/seatgeek-set-up', user: 'seatgeek', sensitive: true)
  end

  it 'refuses a password in the address without showing it' do
    expect { run('repository' => 'https://bot:hunter2@git.example.com/x.git') }
      .to raise_error(/holds a password/) { |error| expect(error.message).not_to include('hunter2') }
  end

  %w(/ /data data/web /data/../etc).each do |path|
    it("refuses #{path} as its folder") { expect { run('path' => path) }.to raise_error(/no folder of its own/) }
  end
end
