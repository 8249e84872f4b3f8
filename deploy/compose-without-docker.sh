#!/usr/bin/env bash
# The processes of docker-compose.yml on loopback, where there is no Docker: PostgreSQL, Redis, the migration, the API, the services, and
# for `many` PgBouncer and nginx as well. A part that ends is started again, as by the file's `restart: unless-stopped`.
# All of it is private to this call and goes with it: data is kept in a temporary folder.
#   deploy/compose-without-docker.sh [--profile single|many] [--program PATH]     Ctrl-C ends it
# The settings come from the same *.env files; only addresses differ. Needs, on Debian: postgresql redis-server pgbouncer nginx-light.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/../eng/postgres.sh"

profile=single program=$here/../reeve
while [ $# -gt 0 ]; do
  case $1 in
    --profile) profile=${2:?--profile needs single or many}; shift 2 ;;
    --program) program=${2:?--program needs a path}; shift 2 ;;
    *) echo "usage: $0 [--profile single|many] [--program PATH]" >&2; exit 2 ;;
  esac
done
case $profile in single | many) ;; *) echo "There is no profile '$profile': single or many." >&2; exit 2 ;; esac
[ -x "$program" ] || { echo "There is no program at $program; name it with --program PATH." >&2; exit 2; }
program=$(readlink -f "$program")

missing=()
for need in initdb:postgresql redis-server:redis-server $([ $profile = many ] && echo pgbouncer:pgbouncer nginx:nginx-light); do
  find_program "${need%:*}" >/dev/null || missing+=("${need#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then echo "Needs ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2; exit 2; fi

run=$(mktemp -d --suffix=-reeve-compose)
chmod 755 "$run"
names=() pids=() commands=() pauses=() since=()
# The newest ends first: nobody loses what it leans on. Each ends in its own way, and no later than it may.
cleanup() {
  trap '' INT TERM HUP
  local i tries
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill -TERM "${pids[i]}" 2>/dev/null || continue
    # The two of a kind end together.
    if [ "$i" -gt 0 ] && [ "${names[i]%-*}" = "${names[i - 1]%-*}" ]; then kill -TERM "${pids[i - 1]}" 2>/dev/null || :; fi
    for ((tries = 0; tries < 400; tries++)); do kill -0 "${pids[i]}" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "${pids[i]}" 2>/dev/null || :
  done
  wait
  rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 0' INT TERM HUP

# A session of its own, so that Ctrl-C reaches this script alone and each process hears of the end once; the kernel ends it should the script be killed.
start() { # name, user or -, then the command
  local name=$1 user=$2 as=(); shift 2
  if [ "$user" != - ] && [ "$(id -u)" = 0 ]; then as=(--reuid="$user" --regid="$(id -g "$user")" --clear-groups); fi
  names+=("$name") pauses+=(1) commands+=("$(printf '%q ' setsid setpriv ${as[@]+"${as[@]}"} --pdeathsig TERM -- "$@")")
  launch $((${#names[@]} - 1))
}
launch() { # the number of a part
  eval "exec ${commands[$1]}" >>"$run/${names[$1]}.log" 2>&1 &
  pids[$1]=$! since[$1]=$SECONDS
}
# Starts a part again that has ended: after a second, and after twice as long each time that it lived no longer than a minute.
again() { # the number of a part, its exit code
  echo "${names[$1]} has ended with $2; its last lines:" >&2
  tail -n 5 "$run/${names[$1]}.log" >&2
  if [ $((SECONDS - since[$1])) -gt 60 ]; then pauses[$1]=1; fi
  sleep "${pauses[$1]}"
  pauses[$1]=$((pauses[$1] < 30 ? pauses[$1] * 2 : 60))
  launch "$1"
  echo "${names[$1]} was started again" >&2
}

# Runs a server command with the settings of *.env, at the addresses of this call.
settings() { # env files, --, then NAME=value of its own
  local file own=()
  while [ "$1" != -- ]; do file=$1; shift
    mapfile -t -O "${#own[@]}" own < <(grep -v -e '^#' -e '^$' "$here/$file" \
      | sed -e "s/@postgres:5432/@127.0.0.1:$postgres_port/" -e "s/@pgbouncer:6432/@127.0.0.1:${pgbouncer_port:-0}/" \
        -e "s/^\(PREFECT_REDIS_MESSAGING_HOST\)=.*/\1=127.0.0.1/" -e "s/^\(PREFECT_REDIS_MESSAGING_PORT\)=.*/\1=$redis_port/")
  done
  shift
  environment=("${own[@]}" "$@")
}
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }
healthy() { ( exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /api/ready HTTP/1.0\r\nHost: reeve\r\n\r\n' >&3 && IFS= read -r -t 5 line <&3 && [[ $line == *" 200 "* ]] ); }

start_postgres_here() {
  local bin as=()
  bin=$(dirname "$(readlink -f "$(find_program initdb)")")
  postgres_port=$(free_port)
  mkdir "$run/pg"
  if [ "$(id -u)" = 0 ]; then chown postgres "$run/pg"; as=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi
  printf 'prefect\n' >"$run/password"; chmod 644 "$run/password"
  ${as[@]+"${as[@]}"} "$bin/initdb" -D "$run/pg/data" -U prefect -A scram-sha-256 --pwfile="$run/password" -E UTF8 --locale=C.UTF-8 --no-sync >"$run/initdb.log" 2>&1 \
    || { cat "$run/initdb.log" >&2; exit 1; }
  start postgres postgres "$bin/postgres" -D "$run/pg/data" -c listen_addresses=127.0.0.1 -c port="$postgres_port" -c unix_socket_directories="$run/pg"
  wait_for PostgreSQL "$run/postgres.log" "$bin/pg_isready" -h 127.0.0.1 -p "$postgres_port" -U prefect
  PGPASSWORD=prefect "$bin/psql" -q -h 127.0.0.1 -p "$postgres_port" -U prefect -d postgres -c 'CREATE DATABASE prefect' >&2
}

start_pgbouncer() {
  pgbouncer_port=$(free_port)
  printf '"prefect" "prefect"\n' >"$run/users.txt"
  printf '%s\n' '[databases]' "* = host=127.0.0.1 port=$postgres_port" '[pgbouncer]' 'listen_addr = 127.0.0.1' "listen_port = $pgbouncer_port" 'unix_socket_dir =' \
    'auth_type = scram-sha-256' "auth_file = $run/users.txt" 'pool_mode = transaction' 'default_pool_size = 20' 'max_client_conn = 400' 'server_login_retry = 1' >"$run/pgbouncer.ini"
  chmod 644 "$run/users.txt" "$run/pgbouncer.ini"
  start pgbouncer nobody "$(find_program pgbouncer)" "$run/pgbouncer.ini"
  wait_for PgBouncer "$run/pgbouncer.log" answers "$pgbouncer_port"
}

api() { # name, env files
  local name=$1 port; shift
  port=$(free_port)
  settings "$@" -- PREFECT_HOME="$run/$name"
  start "$name" - env "${environment[@]}" "$program" server start --host 127.0.0.1 --port "$port" --no-services
  wait_for "$name" "$run/$name.log" healthy "$port"
  api_ports+=("$port")
  echo "$name: http://127.0.0.1:$port/api"
}

services() { # name, env files
  local name=$1 port; shift
  port=$(free_port)
  settings "$@" services.env -- PREFECT_HOME="$run/$name" PREFECT_REEVE_HEALTH_PORT="$port" PREFECT_API_URL="http://127.0.0.1:$port/api"
  start "$name" - env "${environment[@]}" "$program" server services start
  wait_for "$name" "$run/$name.log" healthy "$port"
  echo "$name: probes at http://127.0.0.1:$port/api/ready"
}

start_postgres_here
echo "postgres: postgresql://prefect:prefect@127.0.0.1:$postgres_port/prefect"
redis_port=$(free_port)
mkdir "$run/redis"
start redis - "$(find_program redis-server)" --bind 127.0.0.1 --port "$redis_port" --dir "$run/redis" --daemonize no
wait_for Redis "$run/redis.log" answers "$redis_port"
echo "redis: 127.0.0.1:$redis_port"
settings server.env -- PREFECT_HOME="$run/migrate"
env "${environment[@]}" "$program" server database upgrade -y >"$run/migrate.log" 2>&1 || { cat "$run/migrate.log" >&2; exit 1; }
echo "migrate: done"

api_ports=()
if [ $profile = single ]; then
  api api server.env
  services services server.env
  address=http://127.0.0.1:${api_ports[0]}/api
else
  start_pgbouncer
  echo "pgbouncer: 127.0.0.1:$pgbouncer_port"
  api api-1 server.env many.env
  api api-2 server.env many.env
  services services-1 server.env many.env
  services services-2 server.env many.env
  nginx_port=$(free_port)
  sed -e "s/api-1:4200/127.0.0.1:${api_ports[0]}/" -e "s/api-2:4200/127.0.0.1:${api_ports[1]}/" -e "s/listen 4200/listen 127.0.0.1:$nginx_port/" -e "s|/tmp/|$run/|" \
    "$here/nginx.conf" >"$run/nginx.conf"
  start nginx - "$(find_program nginx)" -c "$run/nginx.conf" -p "$run" -g 'daemon off;'
  wait_for nginx "$run/nginx.log" healthy "$nginx_port"
  address=http://127.0.0.1:$nginx_port/api
fi

echo "Ready: PREFECT_API_URL=$address   (logs in $run; Ctrl-C ends all)"
while :; do
  code=0 ended=
  wait -n -p ended "${pids[@]}" 2>/dev/null || code=$?
  for i in "${!pids[@]}"; do
    if [ "${pids[i]}" = "$ended" ]; then again "$i" "$code"; fi
  done
done
