#!/usr/bin/env bash
# Installs what the tests need beside Python, and only where it is lacking: a Chromium, PostgreSQL's server programs, nginx,
# and Pango with a font, with which the report is printed as PDF.
# `make test` calls it; PYTHON names the environment's python.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

has() {
  command -v "$1" >/dev/null 2>&1
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# Debian's package would also start a server for the machine; the tests bring their own, so ask it not to.
apt_install_postgres() {
  local settings=/etc/postgresql-common/createcluster.conf
  apt_install postgresql-common
  as_root sed -i.before-plumbline 's/^#* *create_main_cluster.*/create_main_cluster = false/' "$settings"
  apt_install postgresql
  as_root mv "$settings.before-plumbline" "$settings"
}

install_postgres() {
  echo "Installing PostgreSQL's server programs for the tests"
  if has apt-get; then
    as_root apt-get update
    apt_install_postgres
  elif has brew; then
    brew install postgresql@17
  else
    echo "Install PostgreSQL's server programs (initdb, postgres) with your package manager, then try again." >&2
    exit 1
  fi
}

# This package too would start a server, on port 80 and at every boot. `policy-rc.d` is how Debian asks packages not to
# start anything; the machine's own, if there is one, comes back afterwards.
apt_install_nginx() {
  local policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then as_root mv "$policy" "$policy.before-plumbline"; fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  apt_install nginx || failed=$?
  as_root rm "$policy"
  if [ -e "$policy.before-plumbline" ]; then as_root mv "$policy.before-plumbline" "$policy"; fi
  if [ -n "${failed:-}" ]; then exit "$failed"; fi
  if has systemctl; then as_root systemctl disable --quiet nginx 2>/dev/null || true; fi
}

install_nginx() {
  echo "Installing nginx for the tests"
  if has apt-get; then
    as_root apt-get update
    apt_install_nginx
  elif has brew; then
    brew install nginx
  else
    echo "Install nginx with your package manager, then try again." >&2
    exit 1
  fi
}

# Not left to Chromium to bring along: a machine may have its browser from elsewhere.
install_pango() {
  echo "Installing Pango for the tests"
  if has apt-get; then
    as_root apt-get update
    apt_install libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core
  elif has brew; then
    brew install pango
  else
    echo "Install Pango with your package manager, then try again." >&2
    exit 1
  fi
}

# Debian packages a Chromium without windows, which takes a quarter less of the processor. Elsewhere (macOS; Ubuntu, whose package is a snap) Playwright downloads one.
install_chromium() {
  echo "Installing Chromium for the tests"
  if grep -qs '^ID=debian' /etc/os-release; then
    as_root apt-get update
    apt_install chromium-headless-shell chromium-sandbox
  elif has apt-get; then
    "$PYTHON" -m playwright install --with-deps chromium
  else
    "$PYTHON" -m playwright install chromium
  fi
}

"$PYTHON" -m tests.postgres >/dev/null || install_postgres
"$PYTHON" -m tests.nginx >/dev/null || install_nginx
"$PYTHON" -c "import weasyprint" >/dev/null 2>&1 || install_pango
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  if has "$name"; then exit 0; fi
done
"$PYTHON" -m tests.browser.chromium 2>/dev/null || install_chromium
