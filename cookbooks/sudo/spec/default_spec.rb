describe 'sudo::default' do
  on_every_node do |platform, stage|
    subject { converge('sudo::default', stage, platform, 'sudo' => { 'users' => ['deploy'] }) }

    it { is_expected.to install_package('sudo') }

    it 'lets the group and the users act as root, in a file that visudo has checked' do
      is_expected.to create_template('/etc/sudoers.d/package').with(mode: '0440')
      is_expected.to render_file('/etc/sudoers.d/package')
        .with_content("%sudo ALL=(ALL:ALL) NOPASSWD:ALL\ndeploy ALL=(ALL:ALL) NOPASSWD:ALL\n")
    end
  end

  it 'knows the group of Amazon Linux' do
    expect(converge('sudo::default', 'instance', 'amazon'))
      .to render_file('/etc/sudoers.d/package').with_content('%wheel ALL=')
  end
end
