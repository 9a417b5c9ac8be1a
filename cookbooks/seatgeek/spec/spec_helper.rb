require 'chefspec'

# Every recipe is tried on both systems, and where it matters in both stages.
PLATFORMS = { 'ubuntu' => '24.04', 'debian' => '12' }.freeze
VERSIONS = { 'amazon' => '2023', **PLATFORMS }.freeze
STEP_INTO = %w(seatgeek_codebase seatgeek_circus).freeze

RSpec.configure do |config|
  config.cookbook_path = File.expand_path('../..', __dir__)
  config.log_level = :fatal
end

# A run of one recipe at a stage, with the data bags stubbed and without asking the machine for anything.
module Converging
  def converge(recipe, stage, platform = 'ubuntu', attributes = {}, step_into = STEP_INTO)
    runner = ChefSpec::SoloRunner.new(platform: platform, version: VERSIONS.fetch(platform), step_into: step_into)
    runner.node.override['package']['stage'] = stage if stage
    attributes.each { |name, value| runner.node.override[name] = value }
    runner.converge(recipe)
  end

  def stub_codebase(name, fields = {})
    item = { 'id' => name, 'repository' => "https://git.example.com/#{name}.git", 'revision' => 'main',
             'path' => "/data/codebases/#{name}" }
    stub_data_bag_item('codebases', name).and_return(item.merge(fields))
  end

  # A data bag with one item for each watcher.
  def stub_watchers(service, *items)
    stub_data_bag(service).and_return(items.map { |item| item['id'] })
    items.each { |item| stub_data_bag_item(service, item['id']).and_return(item) }
  end

  # What a file or template resource would write.
  def content_of(run, resource)
    return '' unless %i(file template).include?(resource.resource_name)

    ChefSpec::Renderer.new(run, resource).content.to_s
  end

  # Files of a node that the recipes look at, over those of this machine.
  def stub_files(files)
    allow(File).to receive(:exist?).and_call_original
    allow(File).to receive(:read).and_call_original
    files.each do |path, text|
      allow(File).to receive(:exist?).with(path).and_return(!text.nil?)
      allow(File).to receive(:read).with(path).and_return(text) if text
    end
  end
end

RSpec.configure { |config| config.include Converging }

# The same examples for each system and stage.
def on_every_node(&examples)
  PLATFORMS.each_key do |platform|
    %w(image instance).each do |stage|
      describe("on #{platform}, at #{stage}") { class_exec(platform, stage, &examples) }
    end
  end
end
