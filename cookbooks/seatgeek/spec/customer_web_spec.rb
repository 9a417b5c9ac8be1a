describe 'seatgeek::customer-web' do
  before { stub_codebase('customer-web') }

  on_every_node do |platform, stage|
    subject(:run) { converge('seatgeek::customer-web', stage, platform) }

    it { is_expected.to install_package('nginx') }
    it { is_expected.to sync_git('/data/codebases/customer-web').with(revision: 'main', user: 'seatgeek') }
    it { is_expected.to delete_file('/etc/nginx/sites-enabled/default') }
    it { is_expected.to create_link('/etc/nginx/sites-enabled/customer-web') }

    it 'answers the load balancer' do
      is_expected.to render_file('/etc/nginx/sites-available/customer-web')
        .with_content(%r{root /data/codebases/customer-web/public;.*location = /status}m)
    end

    it 'runs nginx on instances only' do
      started = stage == 'instance'
      expect(run.service('nginx').performed_actions).to eq(started ? %i(enable start) : %i(disable stop))
    end
  end

  it 'passes the api on to the servers that are known' do
    services = { 'seatgeek-services' => { 'services' => { 'api-workers' => %w(10.0.0.2 10.0.0.1) } } }
    expect(converge('seatgeek::customer-web', 'instance', 'ubuntu', services))
      .to render_file('/etc/nginx/sites-available/customer-web')
      .with_content("  server 10.0.0.1:8000;\n  server 10.0.0.2:8000;\n")
  end
end
