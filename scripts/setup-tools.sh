#!/bin/sh
# The programs that the tests compare with: Packer, strace, jsonnet, shellcheck and goiardi (a Chef Server) of Debian, Chef of
# RubyGems, newer Nodes. All is unpacked into .tools/; nothing of this machine is changed. A tool that cannot be had is named, and its tests say so;
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

# Unpacks Debian packages that give a program, without installing them. The package lists are our own, so that no root is needed.
debian_package() {
  program=$1
  shift
  if [ -x "$tools/debian/usr/bin/$program" ] || [ -x "$tools/debian/usr/sbin/$program" ]; then return; fi
  command -v apt-get > /dev/null || { missing "$program" 'this is not Debian; install it yourself'; return; }
  echo "setup:tools: $program"
  apt="apt-get -q -o Dir::State::Lists=$tools/apt/lists -o Dir::Cache=$tools/apt/cache -o Debug::NoLocking=true"
  mkdir -p "$tools/apt/lists/partial" "$tools/apt/cache/archives/partial" "$tools/apt/download"
  if [ ! -e "$tools/apt/updated" ]; then
    $apt update > "$tools/apt/update.log" 2>&1 || { missing "$program" "see .tools/apt/update.log"; return; }
    touch "$tools/apt/updated"
  fi
  rm -rf "$tools/debian-new"
  for package in "$@"; do
    (cd "$tools/apt/download" && $apt download "$package" > "$package.log" 2>&1) ||
      { missing "$program" "see .tools/apt/download/$package.log"; return; }
    dpkg-deb -x "$tools/apt/download/$package"_*.deb "$tools/debian-new"
  done
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

# What benchmarks alone compare with. Its collections for AWS import boto3, which imports the others.
ansible() {
  debian_package ansible-playbook ansible-core ansible python3-boto3 python3-botocore python3-s3transfer python3-jmespath \
    python3-dateutil python3-six python3-urllib3 python3-requests python3-certifi python3-charset-normalizer python3-idna \
    python3-chardet python3-jinja2 python3-markupsafe python3-yaml libyaml-0-2 python3-cryptography python3-cffi-backend \
    python3-packaging python3-resolvelib
}

# The npm package "node" is the program of that version, and nothing else.
node_version() {
  if [ -x "$tools/node-$1/node_modules/node/bin/node" ]; then return; fi
  echo "setup:tools: node $1"
  npm install --silent --no-save --prefix "$tools/node-$1" "node@$1" > "$tools/node-$1.log" 2>&1 ||
    { missing "node-$1" "see .tools/node-$1.log"; return; }
}

if [ $# -eq 0 ]; then set -- packer strace jsonnet shellcheck goiardi node-22 node-24 chef; fi
for tool in "$@"; do
  case $tool in
    chef) chef ;;
    ansible) ansible ;;
    pssh) debian_package parallel-ssh pssh python3-psshlib ;;
    sshd) debian_package sshd openssh-server libwrap0 ;;
    node-*) node_version "${tool#node-}" ;;
    *) debian_package "$tool" "$tool" ;;
  esac
done
