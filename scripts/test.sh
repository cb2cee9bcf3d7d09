#!/usr/bin/env bash
# Does all set-up and runs every test: unit, fuzz, embedded PostgreSQL, TimescaleDB, TypeScript, browser.
set -eu
. "$(dirname "$0")/common.sh"
cd "$ROOT"
started=$(date +%s)
step() { printf '\n== %s  (%s s)\n' "$*" "$(($(date +%s) - started))"; }

timescale=
starting=
cleanup() {
  [ -z "$starting" ] || wait "$starting" || true
  if [ -n "$timescale" ]; then
    scripts/timescaledb.sh stop "$timescale" || true
    rm -rf "$timescale" "$timescale.log"
  fi
}
trap cleanup EXIT

find_java
find_node

step "browser and fonts"
if ! command -v chromium >/dev/null 2>&1 || ! fc-list 2>/dev/null | grep -qi 'cjk'; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null
  fi
fi
if ! command -v chromium >/dev/null 2>&1; then
  say "Chromium is missing: install the packages chromium and fonts-noto-cjk, the browser tests need them."
  exit 1
fi

# It is fetched while the pages are built: both mostly wait for others.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  timescale=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-timescale.XXXXXX")
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
  scripts/timescaledb.sh start "$timescale" "$port" >"$timescale.log" 2>&1 &
  starting=$!
elif [ "${CI:-}" = true ]; then
  say "TimescaleDB needs root and apt-get, and with CI=true its tests may not be skipped."
  exit 1
fi

step "pages: types, tests, build"
web=modules/console-web
if [ ! -e "$web/node_modules/.installed" ] || [ "$web/package-lock.json" -nt "$web/node_modules/.installed" ]; then
  (cd "$web" && npm ci --no-progress --loglevel=error)
  touch "$web/node_modules/.installed"
fi
(cd "$web" && npm run --silent check && npm run --silent lint) &
checking=$!
(cd "$web" && npm test --silent) || { kill "$checking" 2>/dev/null || true; exit 1; }
wait "$checking"
build_pages

step "TimescaleDB"
if [ -n "$starting" ]; then
  if wait "$starting"; then
    export HAULWATCH_TEST_TIMESCALEDB_URL="jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres"
  else
    cat "$timescale.log" >&2
    if [ "${CI:-}" = true ]; then
      say "TimescaleDB did not come up, and with CI=true its tests may not be skipped."
      exit 1
    fi
  fi
  starting=
fi
[ -n "${HAULWATCH_TEST_TIMESCALEDB_URL:-}" ] || say "!! SKIPPED: the tests against a real TimescaleDB (they need root and apt-get)."

step "server: format, static checks, tests"
# Two modules at a time: most tests of one wait for disks, servers and clocks.
maven -T 2 test

step "done"
