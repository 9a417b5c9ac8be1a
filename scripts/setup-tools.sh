#!/bin/sh
# The programs that the tests compare with: Packer, strace, jsonnet and shellcheck of Debian, Chef of RubyGems, newer Nodes. All is
# unpacked into .tools/; nothing of this machine is changed. A tool that cannot be had is named, and its tests say so;
# with REQUIRE_TOOLS=1 that is a failure. With arguments, those tools alone: setup-tools.sh packer
set -eu
cd -- "$(dirname -- "$0")/.."

chef_version=18.11.11
mkdir -p .tools
tools=$(cd .tools && pwd)

missing() {
  echo "setup:tools: $1 is missing: $2" >&2
  if [ "${REQUIRE_TOOLS:-0}" = 1 ]; then exit 1; fi
}

# Unpacks a Debian package without installing it. The package lists are our own, so that no root is needed.
debian_package() {
  program=$1
  package=$2
  if [ -x "$tools/debian/usr/bin/$program" ]; then return; fi
  command -v apt-get > /dev/null || { missing "$program" 'this is not Debian; install it yourself'; return; }
  echo "setup:tools: $program"
  apt="apt-get -q -o Dir::State::Lists=$tools/apt/lists -o Dir::Cache=$tools/apt/cache -o Debug::NoLocking=true"
  mkdir -p "$tools/apt/lists/partial" "$tools/apt/cache/archives/partial" "$tools/apt/download"
  if [ ! -e "$tools/apt/updated" ]; then
    $apt update > "$tools/apt/update.log" 2>&1 || { missing "$program" "see .tools/apt/update.log"; return; }
    touch "$tools/apt/updated"
  fi
  (cd "$tools/apt/download" && $apt download "$package" > "$package.log" 2>&1) ||
    { missing "$program" "see .tools/apt/download/$package.log"; return; }
  rm -rf "$tools/debian-new"
  dpkg-deb -x "$tools/apt/download/$package"_*.deb "$tools/debian-new"
  mkdir -p "$tools/debian"
  cp -R "$tools/debian-new/." "$tools/debian/"
  rm -rf "$tools/debian-new"
}

# GEM_HOME and GEM_PATH both: a Chef 19 among the system's gems, which runs only with a licence key, must not be found.
chef() {
  if [ -x "$tools/chef/bin/chef-solo" ]; then return; fi
  command -v gem > /dev/null || { missing chef-solo 'there is no RubyGems'; return; }
  echo "setup:tools: chef-solo $chef_version (a minute)"
  rm -rf "$tools/chef-new"
  GEM_HOME="$tools/chef-new" GEM_PATH="$tools/chef-new" gem install --no-document --silent --bindir "$tools/chef-new/bin" \
    "chef:$chef_version" "chef-bin:$chef_version" > "$tools/chef.log" 2>&1 ||
    { missing chef-solo 'see .tools/chef.log'; return; }
  mv "$tools/chef-new" "$tools/chef"
}

# The npm package "node" is the program of that version, and nothing else.
node_version() {
  if [ -x "$tools/node-$1/node_modules/node/bin/node" ]; then return; fi
  echo "setup:tools: node $1"
  npm install --silent --no-save --prefix "$tools/node-$1" "node@$1" > "$tools/node-$1.log" 2>&1 ||
    { missing "node-$1" "see .tools/node-$1.log"; return; }
}

if [ $# -eq 0 ]; then set -- packer strace jsonnet shellcheck node-22 node-24 chef; fi
for tool in "$@"; do
  case $tool in
    chef) chef ;;
    node-*) node_version "${tool#node-}" ;;
    *) debian_package "$tool" "$tool" ;;
  esac
done
