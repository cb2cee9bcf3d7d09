#!/usr/bin/env bash
# Builds what is missing and starts everything on the embedded defaults, with a simulated fleet. Ctrl-C stops all of it.
set -eu
. "$(dirname "$0")/common.sh"
usage() {
  cat <<'U'
usage: scripts/run.sh [options]
  --fleet N           simulated trucks (default 1000)
  --no-demo           no simulated fleet; unknown terminals are refused
  --http-port P       pages and API (default 8080)
  --terminal-port P   JT/T 808 terminals (default 7611)
  --data DIR          data folder (default: data in this folder)
  --config FILE       configuration file (default: haulwatch.yaml in the data folder's parent, if there)
U
}
demo=--demo
args=()
while [ $# -gt 0 ]; do
  case "$1" in
    --no-demo) demo= ;;
    --fleet | --http-port | --terminal-port | --data | --config)
      [ $# -ge 2 ] || { say "$1 wants a value."; usage >&2; exit 2; }
      args+=("$1" "$2")
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *) say "unknown option: $1"; usage >&2; exit 2 ;;
  esac
  shift
done
build_all
cd "$ROOT"
# The process is replaced, so that a signal reaches the server itself and it stops its own children.
exec "$JAVA_25/bin/java" ${HAULWATCH_JAVA_OPTS:--Xmx1g} $JAVA_FLAGS \
  -cp "$(class_path)" io.haulwatch.app.Main serve $demo "${args[@]}"
