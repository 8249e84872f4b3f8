#!/usr/bin/env bash
# Replays the recorded exchanges of a real Prefect server and compares with the list of scenarios that are not green yet.
#   tests/Conformance/run.sh [--program PATH] [--only TEXT] [--postgres | --update | --init]
# --program  the server to test: ./reeve of this checkout unless given, or a native binary
# --only     scenarios whose name contains the text
# --postgres on PostgreSQL instead of SQLite, without the scenarios that put rows into the database: of REEVE_TEST_POSTGRES, or a private one
# --update   takes scenarios that pass by now off the list; --init writes the list anew
# Without the recordings beside the checkout (../shared/conformance) there is nothing to replay.
# Last line: "N passed, N failed", where a listed scenario that fails counts as neither.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$here/../.." && pwd)
recordings=$root/../shared/conformance
list=$here/not-yet-green.txt
program=$root/reeve only='' mode=check database=sqlite
while [ $# -gt 0 ]; do
  case $1 in
    --program) program=$(readlink -f "$2"); shift 2 ;;
    --only) only=$2; shift 2 ;;
    --postgres) database=postgres; shift ;;
    --update) mode=update; shift ;;
    --init) mode=init; shift ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
if [ "$mode" = init ] && [ -n "$only" ]; then
  echo "--init replays everything: leave out --only" >&2
  exit 2
fi
if [ "$mode" != check ] && [ "$database" = postgres ]; then
  echo "The list is kept by the replay on SQLite, which plays every scenario: leave out --postgres" >&2
  exit 2
fi
if [ ! -d "$recordings" ]; then
  echo "No recordings beside the checkout: nothing was replayed."
  echo "0 passed, 0 failed"
  exit 0
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/reeve-conformance-XXXXXX")
server= postgres_pid= url= played=("$recordings"/*.jsonl)
cleanup() {
  if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; fi
  if [ -n "$url" ]; then psql -qX "$maintenance" -c "drop database if exists $name with (force)" >/dev/null 2>&1 || :; fi
  if [ -n "$postgres_pid" ]; then kill -QUIT "$postgres_pid" 2>/dev/null || :; wait "$postgres_pid" 2>/dev/null || :; fi
  rm -rf "$home"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

if [ "$database" = postgres ]; then
  . "$root/eng/postgres.sh"
  # Where the programs are in a folder of their own version only.
  PATH=$PATH:$(dirname "$(readlink -f "$(find_program psql)")")
  chmod 755 "$home"
  if [ -z "${REEVE_TEST_POSTGRES:-}" ]; then start_postgres "$home"; fi
  name=reeve_conformance_$$
  maintenance=$(python3 "$here/postgres_url.py" "$REEVE_TEST_POSTGRES")
  psql -qX -v ON_ERROR_STOP=1 "$maintenance" -c "create database $name"
  url=$(python3 "$here/postgres_url.py" "$REEVE_TEST_POSTGRES" "$name")
  replay=(--postgres "$url")
  # Emptying the tables takes most of the time: not for what is left out.
  grep -hv '"db": *{' "$recordings"/*.jsonl >"$home/played.jsonl"
  played=("$home/played.jsonl")
else
  replay=(--sqlite "$home/reeve.db")
fi

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
env PREFECT_HOME="$home" PREFECT_API_DATABASE_CONNECTION_URL="${url:-sqlite+aiosqlite:///$home/reeve.db}" PREFECT_REEVE_STRICT_REQUESTS=true \
  "$program" server start --no-services --host 127.0.0.1 --port "$port" >"$home/log" 2>&1 &
server=$!
up() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=2)' "http://127.0.0.1:$port/api/health" 2>/dev/null; }
# ./reeve may have to build first.
deadline=$((SECONDS + 300))
until up; do
  if ! kill -0 "$server" 2>/dev/null || [ $SECONDS -ge $deadline ]; then
    echo "The server did not start:"
    tail -n 40 "$home/log"
    echo "0 passed, 1 failed"
    exit 1
  fi
  sleep 0.1
done

# Exit code 1 only says that some scenario failed; the comparison with the list decides.
code=0
python3 "$recordings/replay.py" --url "http://127.0.0.1:$port/api" "${replay[@]}" --only "$only" --show 0 \
  --out "$home/results.tsv" "${played[@]}" >"$home/replay.log" 2>&1 || code=$?
if [ "$code" -gt 1 ] || [ ! -s "$home/results.tsv" ]; then
  echo "The replay broke down:"
  tail -n 20 "$home/replay.log"
  tail -n 20 "$home/log"
  echo "0 passed, 1 failed"
  exit 1
fi
touch "$list"
python3 "$here/compare.py" "$mode" "$list" "$home/results.tsv"
