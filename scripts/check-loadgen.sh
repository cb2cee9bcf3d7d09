#!/usr/bin/env bash
# An independent fleet of 8,200 terminals reports 4,100 positions a second for 60 s, once in each edition; then every line of
# its ledger of acknowledged reports must be in the database exactly once.
#   scripts/check-loadgen.sh [path of LoadGen.java] [seconds]
set -eu
. "$(dirname "$0")/common.sh"
generator=${1:-$ROOT/../shared/tools/LoadGen.java}
seconds=${2:-60}
[ -f "$generator" ] || { say "LoadGen.java is not at $generator: give its path."; exit 2; }
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-loadgen.XXXXXX")
server=
cleanup() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT
http=${HTTP_PORT:-18080}
terminals=${TERMINAL_PORT:-17611}
run() { "$JAVA_25/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -cp "$(class_path)" io.haulwatch.app.Main "$@"; }
"$JAVA_25/bin/java" -Xmx1500m --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -cp "$(class_path)" \
  -Dhaulwatch.check=loadgen io.haulwatch.app.Main serve --data "$work/data" --http-port "$http" --terminal-port "$terminals" \
  --unknown-terminals enrol >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 1 120); do
  curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; say "The server did not start."; exit 1; }
  read -r -t 1 <> <(:) || true
done
failed=0
base=13800000000
ledgers=()
for edition in 2013 2019; do
  say "· $edition: 8,200 terminals, 4,100 reports a second, $seconds s"
  "$JAVA_25/bin/java" -Xmx1g "$generator" --port "$terminals" --vehicles 8200 --rate 4100 --duration "$seconds" --warmup 5 --ramp 800 \
    --version "$edition" --phone-base "$base" --ledger "$work/ledger-$edition" --watch server="$server" --quiet | tee "$work/result-$edition"
  base=$((base + 100000))
  ledgers+=("$work/ledger-$edition")
  result=$(grep '^RESULT' "$work/result-$edition")
  for want in '"online":8200' '"rejected":0' '"timeouts":0' '"disconnected":0'; do
    case "$result" in *"$want"*) ;; *) say "!! $edition: expected $want"; failed=1 ;; esac
  done
done
say "· waiting until everything that was acknowledged is stored"
for _ in $(seq 1 180); do
  lag=$(curl -fs "http://127.0.0.1:$http/metrics" | awk '/^haulwatch_log_lag_records\{.*writer/ { s += $2 } END { print s + 0 }')
  [ "${lag%.*}" = 0 ] && break
  read -r -t 1 <> <(:) || true
done
run check-ledger --data "$work/data" "${ledgers[@]}" || failed=1
curl -fs "http://127.0.0.1:$http/metrics" | grep -E '^haulwatch_(positions|terminals|frames_rejected)' || true
exit $failed
