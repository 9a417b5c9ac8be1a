# Lays out what why-run-cookbooks.sh runs: why-run-bundle.rb BUNDLE RUNS
# A folder with solo.rb and dna.json in RUNS for each group at each stage, and secrets planted in the data bags.
require 'fileutils'
require 'json'

bundle, runs = ARGV
secret = 'planted-in-the-bundle'

planted = { 'env' => { 'API_TOKEN' => secret }, 'deploy_key' => secret, 'users' => { 'acme' => secret } }
Dir["#{bundle}/data_bags/*/*.json"].each do |path|
  File.write(path, JSON.generate(JSON.parse(File.read(path)).merge(planted)))
end

recipes = Dir["#{bundle}/cookbooks/*/recipes/*.rb"].map do |path|
  "recipe[#{path.split('/')[-3]}::#{File.basename(path, '.rb')}]"
end
run_lists = Dir["#{bundle}/roles/*.json"].sort.to_h do |path|
  role = JSON.parse(File.read(path))
  [role['name'].delete_prefix('role-'), role['run_list']]
end
here, missing = run_lists.partition { |_, run_list| (run_list - recipes).empty? }
missing.each do |group, run_list|
  warn "why-run: #{group}: not tried, as these are missing: #{(run_list - recipes).join(' ')}"
end

# What no group of nodes.json names is tried too, the deletions in an order of their own.
wanted = here.to_h { |group, _| [group, ["role[role-#{group}]"]] }
rest = (recipes - here.flat_map(&:last)).sort
deletions, others = rest.partition { |recipe| recipe.include?('::delete-') }
wanted.update('recipes-of-no-group' => others, 'deletions' => deletions)

wanted.each do |name, run_list|
  %w(image instance).each do |stage|
    folder = "#{runs}/#{name}@#{stage}"
    FileUtils.mkdir_p("#{folder}/cache")
    File.write("#{folder}/dna.json", JSON.generate(id: name, package: { stage: stage }, run_list: run_list))
    File.write("#{folder}/solo.rb", <<~SOLO)
      cookbook_path ['#{bundle}/cookbooks']
      role_path '#{bundle}/roles'
      data_bag_path '#{bundle}/data_bags'
      file_cache_path '#{folder}/cache'
      node_path '#{folder}/nodes'
      pid_file '#{folder}/chef.pid'
    SOLO
  end
end
