#!/usr/bin/env bash
# Every test, or those of the projects whose name contains one of the arguments: ./test.sh Data Server
# Brings its own PostgreSQL and Redis. Last line: "N passed, N failed".
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

. eng/postgres.sh

missing=()
find_program initdb >/dev/null || missing+=(postgresql)
find_program redis-server >/dev/null || missing+=(redis-server)
find_program pgbouncer >/dev/null || missing+=(pgbouncer)
find_program nginx >/dev/null || missing+=(nginx-light)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 \
      || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
  else
    echo "The tests need ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
    exit 2
  fi
fi

projects=()
for file in tests/*/*.Tests.csproj; do
  name=$(basename "$file" .csproj)
  if [ $# = 0 ]; then projects+=("$file"); continue; fi
  for wanted in "$@"; do
    case $name in *"$wanted"*) projects+=("$file"); break ;; esac
  done
done
if [ ${#projects[@]} = 0 ]; then
  echo "No test project has a name that contains: $*" >&2
  exit 2
fi

if [ $# = 0 ]; then
  dotnet build Reeve.slnx -v quiet -clp:ErrorsOnly
else
  for file in "${projects[@]}"; do dotnet build "$file" -v quiet -clp:ErrorsOnly; done
fi

run=$(mktemp -d --suffix=-reeve-run)
chmod 755 "$run"
servers=()
# Nothing in there is worth an orderly end. SIGQUIT alone would not do: what a script starts with & ignores it unless it says otherwise, as Redis does not.
cleanup() {
  for pid in ${servers[@]+"${servers[@]}"}; do kill -QUIT "$pid" 2>/dev/null || :; done
  for pid in ${servers[@]+"${servers[@]}"}; do
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; kill -TERM "$pid" 2>/dev/null || :; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || :
    wait "$pid" 2>/dev/null || :
  done
  rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

redis_answers() (
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'PING\r\n' >&3
  read -r -t 2 answer <&3 && [ "${answer:0:5}" = +PONG ]
)

if [ -z "${REEVE_TEST_POSTGRES:-}" ]; then
  start_postgres "$run"
  servers+=("$postgres_pid")
fi
if [ -z "${REEVE_TEST_REDIS:-}" ]; then
  port=$(free_port)
  mkdir "$run/redis"
  "$(find_program redis-server)" --bind 127.0.0.1 --port "$port" --dir "$run/redis" --save '' --appendonly no >"$run/redis.log" 2>&1 &
  servers+=($!)
  wait_for Redis "$run/redis.log" redis_answers "$port"
  export REEVE_TEST_REDIS="127.0.0.1:$port"
fi

passed=0 failed=0
count() { sed -n "s/^ *$1: \([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
for file in "${projects[@]}"; do
  name=$(basename "$file" .csproj) log=$run/test.log code=0
  # A project that hangs must not take the others' results with it.
  timeout -k 20 "${REEVE_TEST_TIMEOUT:-900}" dotnet test --project "$file" --no-build >"$log" 2>&1 || code=$?
  if [ "$code" = 124 ] || [ "$code" = 137 ]; then echo "$name did not end in time and was stopped" >>"$log"; fi
  good=$(count succeeded) bad=$(count failed)
  good=${good:-0} bad=${bad:-0}
  # A run that broke down before or after its tests, or had none (8), failed though no test did.
  if [ "$code" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  if [ "$bad" != 0 ]; then cat "$log"; fi
  if [ "$code" = 8 ]; then echo "$name has no tests"; fi
  echo "$name: $good passed, $bad failed"
  passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
