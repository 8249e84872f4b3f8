#!/usr/bin/env bash
# Replays the recorded exchanges of a real Prefect server and compares with the list of scenarios that are not green yet.
#   tests/Conformance/run.sh [--program PATH] [--only TEXT] [--postgres | --many | --update | --init]
# --program  the server to test: ./reeve of this checkout unless given, or a native binary
# --only     scenarios whose name contains the text
# --postgres on PostgreSQL instead of SQLite, without the scenarios that put rows into the database: of REEVE_TEST_POSTGRES, or a private one
# --many     as --postgres, through nginx to two servers that take turns, over PgBouncer in transaction mode and Redis
# --update   takes scenarios that pass by now off the list; --init writes the list anew
# Without the recordings beside the checkout (../shared/conformance) there is nothing to replay.
# Last line: "N passed, N failed", where a listed scenario that fails counts as neither.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$here/../.." && pwd)
recordings=$root/../shared/conformance
list=$here/not-yet-green.txt
program=$root/reeve only='' mode=check database=sqlite many=
while [ $# -gt 0 ]; do
  case $1 in
    --program) program=$(readlink -f "$2"); shift 2 ;;
    --only) only=$2; shift 2 ;;
    --postgres) database=postgres; shift ;;
    --many) database=postgres many=yes; shift ;;
    --update) mode=update; shift ;;
    --init) mode=init; shift ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
if [ "$mode" = init ] && [ -n "$only" ]; then
  echo "--init replays everything: leave out --only" >&2
  exit 2
fi
if [ "$mode" != check ] && [ "$database" = postgres ]; then
  echo "The list is kept by the replay on SQLite, which plays every scenario: leave out --postgres and --many" >&2
  exit 2
fi
if [ ! -d "$recordings" ]; then
  echo "No recordings beside the checkout: nothing was replayed."
  echo "0 passed, 0 failed"
  exit 0
fi

home=$(mktemp -d --suffix=-reeve-conformance)
servers=() around=() postgres_pid= url= played=("$recordings"/*.jsonl)
end() { # signal, then processes
  local signal=$1; shift
  if [ $# -gt 0 ]; then kill -"$signal" "$@" 2>/dev/null || :; wait "$@" 2>/dev/null || :; fi
}
cleanup() {
  end TERM ${servers[@]+"${servers[@]}"}
  end TERM ${around[@]+"${around[@]}"}
  if [ -n "$url" ]; then psql -qX "$maintenance" -c "drop database if exists $name with (force)" >/dev/null 2>&1 || :; fi
  end QUIT $postgres_pid
  rm -rf "$home"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

. "$root/eng/postgres.sh"
settings=(PREFECT_REEVE_STRICT_REQUESTS=true)
if [ "$database" = postgres ]; then
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
address=${url:-sqlite+aiosqlite:///$home/reeve.db}

serve() { # number of the server; sets port
  port=$(free_port)
  mkdir "$home/$1"
  env PREFECT_HOME="$home/$1" PREFECT_API_DATABASE_CONNECTION_URL="$address" "${settings[@]}" \
    "$program" server start --no-services --host 127.0.0.1 --port "$port" >"$home/$1.log" 2>&1 &
  servers+=($!)
  # ./reeve may have to build first.
  local deadline=$((SECONDS + 300))
  until up "$port"; do
    if ! kill -0 "${servers[-1]}" 2>/dev/null || [ $SECONDS -ge $deadline ]; then
      echo "The server did not start:"
      tail -n 40 "$home/$1.log"
      echo "0 passed, 1 failed"
      exit 1
    fi
    sleep 0.1
  done
}
up() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=2)' "http://127.0.0.1:$1/api/health" 2>/dev/null; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }
around() { # name, port, then the command
  local what=$1 at=$2; shift 2
  "$@" >"$home/$what.log" 2>&1 &
  around+=($!)
  wait_for "$what" "$home/$what.log" answers "$at"
}

if [ -n "$many" ]; then
  redis_port=$(free_port)
  around redis "$redis_port" "$(find_program redis-server)" --bind 127.0.0.1 --port "$redis_port" --dir "$home" --save '' --appendonly no
  pooled=$(free_port) as=()
  python3 "$here/postgres_url.py" --pgbouncer "$REEVE_TEST_POSTGRES" "$name" "$pooled" >"$home/pgbouncer.ini"
  if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=nobody --regid=nogroup --clear-groups); fi
  around pgbouncer "$pooled" ${as[@]+"${as[@]}"} "$(find_program pgbouncer)" "$home/pgbouncer.ini"
  address=postgresql://reeve@127.0.0.1:$pooled/$name
  settings+=(
    PREFECT_REEVE_DATABASE_DIRECT_URL="$url"
    PREFECT_SERVER_EVENTS_MESSAGING_BROKER=prefect_redis.messaging PREFECT_SERVER_EVENTS_MESSAGING_CACHE=prefect_redis.messaging
    PREFECT_SERVER_EVENTS_CAUSAL_ORDERING=prefect_redis.ordering PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE=prefect_redis.lease_storage
    PREFECT_REDIS_MESSAGING_HOST=127.0.0.1 PREFECT_REDIS_MESSAGING_PORT="$redis_port")
  serve 1; first=$port
  serve 2; second=$port
  port=$(free_port)
  # Requests go to one server after the other, and it is noted to which.
  sed -e "s/api-1:4200/127.0.0.1:$first/" -e "s/api-2:4200/127.0.0.1:$second/" -e "s/listen 4200/listen 127.0.0.1:$port/" -e "s|/tmp/|$home/|" -e '/least_conn/d' \
    -e "s|access_log off|log_format turns '\$upstream_addr'; access_log $home/turns turns|" \
    "$root/deploy/nginx.conf" >"$home/nginx.conf"
  around nginx "$port" "$(find_program nginx)" -c "$home/nginx.conf" -p "$home" -g 'daemon off;'
  # nginx itself answers 400 to a stray % in a path.
  grep -vE '"path": *"[^"]*%([^0-9A-Fa-f]|.[^0-9A-Fa-f])' "$home/played.jsonl" >"$home/many.jsonl"
  played=("$home/many.jsonl")
else
  serve 1
fi

# Exit code 1 only says that some scenario failed; the comparison with the list decides.
code=0
python3 "$recordings/replay.py" --url "http://127.0.0.1:$port/api" "${replay[@]}" --only "$only" --show 0 \
  --out "$home/results.tsv" "${played[@]}" >"$home/replay.log" 2>&1 || code=$?
if [ "$code" -gt 1 ] || [ ! -s "$home/results.tsv" ]; then
  echo "The replay broke down:"
  tail -n 20 "$home/replay.log"
  tail -n 20 "$home"/[12].log
  echo "0 passed, 1 failed"
  exit 1
fi
if [ -n "$many" ]; then
  # A server that is away would leave all the turns to the other one.
  turns=($(sort "$home/turns" | uniq -c | awk '{ print $1 }'))
  if [ ${#turns[@]} != 2 ] || [ $((turns[0] - turns[1])) -gt 1 ] || [ $((turns[1] - turns[0])) -gt 1 ]; then
    echo "The two servers did not take turns:"
    sort "$home/turns" | uniq -c
    echo "0 passed, 1 failed"
    exit 1
  fi
fi
touch "$list"
python3 "$here/compare.py" "$mode" "$list" "$home/results.tsv"
