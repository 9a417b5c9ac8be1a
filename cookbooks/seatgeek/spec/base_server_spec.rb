describe 'seatgeek::base-server' do
  on_every_node do |platform, stage|
    subject do
      people = { 'people' => { 'ada' => ['ssh-ed25519 AAAA'] } }
      converge('seatgeek::base-server', stage, platform,
               'id' => '12_04-bee', 'environment' => 'production', 'seatgeek' => people)
    end

    it { is_expected.to install_package(%w(ca-certificates git logrotate rsync)) }
    it { is_expected.to create_directory('/data/shared') }

    it 'says which node it is' do
      is_expected.to create_file('/etc/seatgeek/environment')
        .with(content: "ENVIRONMENT=production\nNODE=12_04-bee\n")
    end

    it 'lets people in by their keys' do
      is_expected.to create_user('ada')
      is_expected.to create_file('/home/ada/.ssh/authorized_keys')
        .with(content: "ssh-ed25519 AAAA\n", owner: 'ada', mode: '0600')
    end
  end
end

describe 'the recipes of the central system' do
  %w(collect-services decommission-services notify-services).each do |recipe|
    on_every_node do |platform, stage|
      it "#{recipe} does nothing but say so" do
        run = converge("seatgeek::#{recipe}", stage, platform)
        said = /\Alog\[seatgeek::#{recipe} .* there is no central system\]/
        expect(run.resource_collection.map(&:to_s)).to match([said])
      end
    end
  end
end

describe "node['package']['stage']" do
  it 'refuses a stage that does not exist' do
    stub_codebase('customer-web')
    expect { converge('seatgeek::customer-web', 'imgae') }.to raise_error(/"imgae", not one of: image, instance/)
  end

  it 'takes a run that does not say for one on an instance' do
    stub_codebase('customer-web')
    expect(converge('seatgeek::customer-web', nil)).to start_service('nginx')
  end
end
