#!/usr/bin/env bash
# Installs the archive into an empty folder, prepares it, starts it there with a small fleet and stops it again.
set -eu
. "$(dirname "$0")/common.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch archive.XXXXXX")
cleanup() {
  stop_installed
  rm -rf "$work"
}
stop_installed() {
  [ -n "${installed:-}" ] || return 0
  kill "$installed" 2>/dev/null || true
  wait "$installed" 2>/dev/null || true
  installed=
}
trap cleanup EXIT
"$ROOT/scripts/package.sh" "$work"
tar -C "$work" -xzf "$work"/haulwatch-*.tar.gz
home=$(echo "$work"/haulwatch-*/)
home=${home%/}
http=${HTTP_PORT:-18082}
"$home/bin/haulwatch" --version
"$home/bin/haulwatch" prepare

start_installed() {
  began=$(date +%s%N)
  (cd "$work" && HAULWATCH_ADMIN_PASSWORD=${HAULWATCH_ADMIN_PASSWORD:-archive-check-1} exec "$home/bin/haulwatch" serve --data "$work/data" \
    --http-port "$http" --terminal-port 0 --demo --fleet 50) >"$work/log" 2>&1 &
  installed=$!
  for _ in $(seq 1 120); do
    curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1 && break
    kill -0 "$installed" 2>/dev/null || { cat "$work/log" >&2; say "!! the installed service did not start"; exit 1; }
    pause
  done
  say "· ready: $(grep -o 'ready after [0-9.]* s' "$work/log")"
}
start_installed
for _ in $(seq 1 60); do
  online=$(curl -fs "http://127.0.0.1:$http/metrics" | sed -n 's/^haulwatch_terminals_online \([0-9]*\).*/\1/p')
  [ "${online:-0}" = 50 ] && break
  pause
done
[ "${online:-0}" = 50 ] || { say "!! ${online:-0} of 50 trucks are online"; exit 1; }
stop_installed
start_installed # with what the first one left
stop_installed
say "· the archive installs, prepares, starts, takes 50 trucks in, stops and starts again"
