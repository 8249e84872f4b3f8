# Sourced by test.sh and tests/Conformance/run.sh: a private PostgreSQL that lives as long as the script.

find_program() {
  command -v "$1" 2>/dev/null && return
  ls -d /usr/sbin/"$1" 2>/dev/null && return
  ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1 | grep .
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

wait_for() { # name, log, then the command that succeeds once it is up
  local name=$1 log=$2 tries; shift 2
  for tries in $(seq 300); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "$name did not start:" >&2
  cat "$log" >&2
  exit 1
}

# Starts one in a folder that user postgres may enter. Sets postgres_pid, and REEVE_TEST_POSTGRES for what is started afterwards.
# Nothing in it is worth an orderly end, so it never waits for a disk.
start_postgres() {
  local folder=$1 bin port as=()
  bin=$(dirname "$(readlink -f "$(find_program initdb)")")
  port=$(free_port)
  mkdir "$folder/pg"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder/pg"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  ${as[@]+"${as[@]}"} "$bin/initdb" -D "$folder/pg/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/pg.log" 2>&1 || { cat "$folder/pg.log" >&2; exit 1; }
  ${as[@]+"${as[@]}"} "$bin/postgres" -D "$folder/pg/data" -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories="$folder/pg" \
    -c max_connections=200 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 \
    -c shared_buffers=64MB -c autovacuum=off >"$folder/pg.log" 2>&1 &
  postgres_pid=$!
  wait_for PostgreSQL "$folder/pg.log" "$bin/pg_isready" -h 127.0.0.1 -p "$port" -U postgres
  export REEVE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres;Include Error Detail=true"
}
