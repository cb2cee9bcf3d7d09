#!/usr/bin/env bash
# A drill: backups are made under load and at rest, restored into other folders and compared with the original, table by table.
set -eu
. "$(dirname "$0")/common.sh"
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-drill.XXXXXX")
cleanup() {
  stop_server
  rm -rf "$work"
}
trap cleanup EXIT
http=${HTTP_PORT:-18083}
terminals=${TERMINAL_PORT:-17613}
export HAULWATCH_ADMIN_PASSWORD=${HAULWATCH_ADMIN_PASSWORD:-restore-drill-1}
command_line() { "$JAVA_25/bin/java" -Xmx512m $JAVA_FLAGS -cp "$(class_path)" io.haulwatch.app.Main "$@"; }
backups() { ls -d "$work/backups"/haulwatch-* 2>/dev/null | wc -l; }
await_backups() {
  for _ in $(seq 1 180); do
    [ "$(backups)" -ge "$1" ] && return 0
    pause
  done
  say "!! no backup was made: see $work/server.log"
  tail -20 "$work/server.log" >&2
  exit 1
}
newest() { ls -d "$work/backups"/haulwatch-* | tail -1; }
stored() { curl -fs "http://127.0.0.1:$http/metrics" | sed -n 's/^haulwatch_positions_stored_total \([0-9.E+]*\).*/\1/p'; }

say "· 200 trucks report; a backup is made meanwhile"
export HAULWATCH_BACKUP_FOLDER="$work/backups" HAULWATCH_BACKUP_EVERY=20s
start_server "$work" "$http" "$terminals" --demo --fleet 200
await_backups 1
before=$(stored)
await_backups 2
stop_server
under_load=$(newest)

say "· at rest: the log is drained and one more backup is made"
start_server "$work" "$http" "$terminals"
await_stored "$http"
had=$(backups)
await_backups $((had + 1))
stop_server
at_rest=$(newest)

unset HAULWATCH_BACKUP_FOLDER
restore() { # $1 = backup, $2 = name: restores, lets the log drain, sums the tables
  mkdir "$work/$2"
  command_line restore --from "$1" --data "$work/$2/data"
  start_server "$work/$2" "$http" "$terminals"
  await_stored "$http"
  stop_server
  command_line sum-tables --data "$work/$2/data" >"$work/$2.sums"
}
failed=0
command_line sum-tables --data "$work/data" >"$work/original.sums"
restore "$at_rest" at-rest
if diff "$work/original.sums" "$work/at-rest.sums"; then
  say "· at rest: $(wc -l <"$work/original.sums") tables are equal"
else
  say "!! at rest: the tables above differ"
  failed=1
fi
restore "$under_load" under-load
positions() { sed -n 's/^hw.position rows=\([0-9]*\) .*/\1/p' "$1"; }
say "· under load: $(positions "$work/under-load.sums") positions in the backup, $(positions "$work/original.sums") in the original, which ran on"
if [ "$(positions "$work/under-load.sums")" -lt "${before%.*}" ]; then
  say "!! ${before%.*} were stored before that backup began"
  failed=1
fi
exit $failed
