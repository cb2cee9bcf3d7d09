#!/usr/bin/env bash
# A real TimescaleDB for tests, without a container engine: genuine distribution packages in a folder, run by chroot.
#   scripts/timescaledb.sh start DIR PORT    prints the JDBC address when the server takes connections
#   scripts/timescaledb.sh stop DIR
# Needs root and a Debian-like machine. Packages come from the mirror that this machine's apt uses. Loopback only, no passwords:
# for tests, never for data that matters. Durability is off.
set -euo pipefail

SUITE=trixie
MAJOR=17
OWNER=26026

die() { echo "timescaledb.sh: $1" >&2; exit 1; }
usage() { echo "usage: timescaledb.sh start DIR PORT | stop DIR" >&2; exit 2; }

in_root() { chroot --userspec="$OWNER:$OWNER" "$ROOT" "$@"; }

mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -n 1
}

build_root() {
  [ "$(id -u)" = 0 ] || die "needs root to build $ROOT"
  if ! command -v mmdebstrap >/dev/null; then
    echo "timescaledb.sh: installing mmdebstrap" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null \
      || die "mmdebstrap cannot be installed: apt-get install mmdebstrap"
  fi
  local from
  from=$(mirror)
  [ -n "$from" ] || die "this machine's apt knows no mirror: see /etc/apt/sources.list"
  echo "timescaledb.sh: fetching PostgreSQL $MAJOR with TimescaleDB (once, about a minute)" >&2
  rm -rf "$ROOT.unfinished"
  mmdebstrap --quiet --variant=extract --mode=root --aptopt='APT::Install-Recommends "false"' \
    --include="dash,postgresql-$MAJOR,postgresql-$MAJOR-timescaledb" "$SUITE" "$ROOT.unfinished" "$from" >&2 \
    || die "mmdebstrap failed"
  for folder in bin sbin lib lib64; do
    [ -e "$ROOT.unfinished/$folder" ] || ln -s "usr/$folder" "$ROOT.unfinished/$folder"
  done
  echo "postgres:x:$OWNER:$OWNER::/pgdata:/bin/sh" > "$ROOT.unfinished/etc/passwd"
  echo "postgres:x:$OWNER:" > "$ROOT.unfinished/etc/group"
  mkdir -p "$ROOT.unfinished/pgdata" "$ROOT.unfinished/tmp"
  chown "$OWNER:$OWNER" "$ROOT.unfinished/pgdata"
  chmod 1777 "$ROOT.unfinished/tmp"
  mv "$ROOT.unfinished" "$ROOT"
}

alive() { # a zombie answers kill -0 as well
  [ -r "/proc/$1/stat" ] && [ "$(sed -E 's/.*\) (.).*/\1/' "/proc/$1/stat")" != Z ]
}

start() {
  [ -d "$ROOT" ] || build_root
  if [ -f "$DATA/postmaster.pid" ]; then
    local pid
    pid=$(head -n 1 "$DATA/postmaster.pid")
    if alive "$pid"; then stop; else rm -f "$DATA/postmaster.pid"; fi
  fi
  if [ ! -f "$DATA/PG_VERSION" ]; then
    in_root "$BIN/initdb" -D /pgdata/db -U postgres -A trust -E UTF8 --locale=C.UTF-8 >&2 || die "initdb failed"
    echo "include = 'test.conf'" >> "$DATA/postgresql.conf"
  fi
  cat > "$DATA/test.conf" <<CONF
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
listen_addresses = '127.0.0.1'
port = $PORT
unix_socket_directories = '/tmp'
dynamic_shared_memory_type = mmap
max_connections = 60
fsync = off
timezone = 'UTC'
CONF
  in_root "$BIN/pg_ctl" -D /pgdata/db -w -t 60 -l /pgdata/log start >&2 </dev/null \
    || { tail -n 20 "$ROOT/pgdata/log" >&2; die "the server did not start"; }
  echo "jdbc:postgresql://127.0.0.1:$PORT/postgres"
}

stop() {
  [ -f "$DATA/postmaster.pid" ] || return 0
  local pid
  pid=$(head -n 1 "$DATA/postmaster.pid")
  alive "$pid" || return 0
  kill -INT "$pid"
  for _ in $(seq 300); do
    alive "$pid" || return 0
    sleep 0.1
  done
  die "the server does not stop: pid=$pid"
}

[ $# -ge 2 ] || usage
mkdir -p "$2"
ROOT="$(cd "$2" && pwd)/root"
DATA="$ROOT/pgdata/db"
BIN="/usr/lib/postgresql/$MAJOR/bin"
case "$1" in
  start)
    [ $# -eq 3 ] || usage
    PORT=$3
    start
    ;;
  stop) stop ;;
  *) usage ;;
esac
