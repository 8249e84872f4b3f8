#!/usr/bin/env bash
# Several processes of ours over one PostgreSQL, all of them private to this call and on loopback.
#   bench/many.sh throughput --program PATH [--rounds 100]    the hot path against 1, 2 and 4 API servers
#   bench/many.sh hours --program PATH [--seconds 300] [--rate RUNS-A-SECOND]    the hot path against two API servers and two processes of services, with schedules;
#                                                             transactions, deadlocks and connections as PostgreSQL saw them, duplicates and gaps in what was kept
# Build first: dotnet build -c Release bench/Reeve.Load. PostgreSQL does not wait for the disk here, so that the processor is what is measured.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/../eng/postgres.sh"
load=$here/Reeve.Load/bin/Release/net10.0/Reeve.Load.dll
what=${1:-} program='' rounds=100 seconds=300 rate=()
if [ $# -gt 0 ]; then shift; fi
while [ $# -gt 0 ]; do
  case $1 in
    --program) program=$(readlink -f "$2"); shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --seconds) seconds=$2; shift 2 ;;
    --rate) rate=(--run-rate "$2"); shift 2 ;;
    *) what=; break ;;
  esac
done
case $what in throughput | hours) ;; *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;; esac
if [ ! -x "$program" ] || [ ! -e "$load" ]; then echo "Needs --program PATH and a built bench/Reeve.Load." >&2; exit 2; fi

run=$(mktemp -d --suffix=-reeve-bench)
chmod 755 "$run"
postgres_pid= pids=() urls=() watch=
end_servers() {
  if [ ${#pids[@]} -gt 0 ]; then kill -TERM "${pids[@]}" 2>/dev/null || :; wait "${pids[@]}" 2>/dev/null || :; fi
  pids=() urls=()
}
cleanup() {
  end_servers
  if [ -n "$watch" ]; then kill "$watch" 2>/dev/null || :; fi
  if [ -n "$postgres_pid" ]; then kill -QUIT "$postgres_pid" 2>/dev/null || :; wait "$postgres_pid" 2>/dev/null || :; fi
  rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

unset REEVE_TEST_POSTGRES
start_postgres "$run"
at=${REEVE_TEST_POSTGRES#*Port=} at=127.0.0.1:${at%%;*}
query() { psql -qXAt -F ' ' "postgresql://postgres@$at/$1" -c "$2"; }
healthy() { ( exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /api/ready HTTP/1.0\r\nHost: reeve\r\n\r\n' >&3 && IFS= read -r -t 5 line <&3 && [[ $line == *" 200 "* ]] ); }
ours() { # database, name, port, then arguments
  local database=$1 name=$2 port=$3 probes=(); shift 3
  if [ "$1" = services ]; then probes=(PREFECT_REEVE_HEALTH_PORT="$port"); fi
  env PREFECT_HOME="$run/$name" ${probes[@]+"${probes[@]}"} PREFECT_SERVER_DATABASE_MIGRATE_ON_START=false \
    PREFECT_SERVER_DATABASE_CONNECTION_URL="postgresql://postgres@$at/$database" "$program" server "$@" >"$run/$name.log" 2>&1 &
  pids+=($!)
  wait_for "$name" "$run/$name.log" healthy "$port"
}
fresh() { # database
  query postgres "create database $1"
  env PREFECT_HOME="$run/migrate" PREFECT_SERVER_DATABASE_CONNECTION_URL="postgresql://postgres@$at/$1" "$program" server database upgrade -y >"$run/migrate.log" 2>&1 \
    || { cat "$run/migrate.log" >&2; exit 1; }
}
api() { # database, number
  local port
  port=$(free_port)
  ours "$1" "api-$2" "$port" start --host 127.0.0.1 --port "$port" --no-services --no-ui
  urls+=("http://127.0.0.1:$port/api")
}
joined() { local IFS=,; echo "$*"; }
# Runs with their states, log lines and events: what is there twice or is missing.
kept() { # database
  query "$1" "
    with run as (select r.id, r.state_type from flow_run r join flow f on f.id = r.flow_id where f.name = 'load'),
      state as (select flow_run_id, count(*) n, count(distinct type) kinds from flow_run_state group by 1),
      line as (select flow_run_id, count(*) n, count(distinct message) kinds from log group by 1),
      told as (select resource_id, count(*) n, count(distinct event) kinds from events where event like 'prefect.flow-run.%' group by 1)
    select count(*) || ' runs; not completed ' || count(*) filter (where run.state_type <> 'COMPLETED')
      || '; states twice or missing ' || count(*) filter (where state.n <> state.kinds or state.kinds <> 3 or state.n is null)
      || '; log lines twice or missing ' || count(*) filter (where line.n <> 5 or line.kinds <> 5 or line.n is null)
      || '; events twice or missing ' || count(*) filter (where told.n <> told.kinds or told.kinds <> 3 or told.n is null)
    from run left join told on told.resource_id = 'prefect.flow-run.' || run.id left join state on state.flow_run_id = run.id left join line on line.flow_run_id = run.id"
}
settled() { # database: events are put into their table by services, a moment later
  local before=-1 now
  while now=$(query "$1" "select count(*) from events where event = 'prefect.flow-run.Completed'") && [ "$now" != "$before" ]; do before=$now; sleep 2; done
}

if [ "$what" = throughput ]; then
  for n in 1 2 4; do
    fresh "reeve_$n"
    for i in $(seq $n); do api "reeve_$n" "$n-$i"; done
    apis=("${pids[@]}")
    port=$(free_port)
    ours "reeve_$n" "services-$n" "$port" services start
    echo "== $n API servers"
    dotnet "$load" --url "$(joined "${urls[@]}")" --pid "$(joined "${apis[@]}")" --clients 8 --rounds "$rounds" --warm-up 15 | tail -n 2
    settled "reeve_$n"
    kept "reeve_$n"
    end_servers
  done
  exit
fi

fresh reeve
api reeve 1
api reeve 2
for i in 1 2; do port=$(free_port); ours reeve "services-$i" "$port" services start; done
# Schedules for the services to work on: ten deployments with a run every second, which nobody takes, so that they also become late.
python3 - "${urls[0]}" <<'PYTHON'
import json, sys, urllib.request
def post(path, body):
    request = urllib.request.Request(sys.argv[1] + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))
post("/work_pools/", {"name": "nobody", "type": "process"})
flow = post("/flows/", {"name": "scheduled"})["id"]
for n in range(10):
    post("/deployments/", {"name": f"every second {n}", "flow_id": flow, "work_pool_name": "nobody", "schedules": [{"schedule": {"interval": 1}, "active": True}]})
PYTHON
# Fifty times a second: the connections of the process that has most, and the transaction that has waited longest for us, idle or, within a batch, for the rest of it.
psql -qXAt -F ' ' "postgresql://postgres@$at/reeve" >"$run/samples" 2>/dev/null <<'SQL' &
select 'sample', (select max(n) from (select count(*) n from pg_stat_activity where application_name like 'reeve %' group by substring(application_name from '^reeve \S+ \d+')) each),
  coalesce(extract(epoch from clock_timestamp() - idle.state_change) * 1000, 0), regexp_replace(idle.application_name || ': ' || left(idle.query, 100), '\s+', ' ', 'g')
from (select) one left join (select * from pg_stat_activity where datname = 'reeve'
  and (state like 'idle in transaction%' or state = 'active' and wait_event = 'ClientRead' and xact_start is not null) order by state_change limit 1) idle on true \watch 0.02
SQL
watch=$!
dotnet "$load" --url "$(joined "${urls[@]}")" --pid "$(joined "${pids[@]}")" --clients 8 --rounds 1000000 --seconds "$seconds" --warm-up 15 ${rate[@]+"${rate[@]}"}
kill "$watch"; watch=
settled reeve
awk '$1 == "sample" { n++; if ($2 > most) most = $2; if ($3 > idle) idle = $3; if ($3 > 0) some++; if ($3 > 100) long++ }
  END { printf "%d samples; longest wait for us in a transaction %.1f ms (seen in %d samples, over 100 ms in %d); most connections of a process %d\n", n, idle, some, long, most }' "$run/samples"
grep '^sample' "$run/samples" | sort -k3,3 -rn | sed -n 1,3p
echo "deadlocks $(query reeve "select deadlocks from pg_stat_database where datname = 'reeve'")"
kept reeve
query reeve "
  with scheduled as (select deployment_id, expected_start_time at, lead(expected_start_time) over (partition by deployment_id order by expected_start_time) next from flow_run where deployment_id is not null)
  select count(*) || ' scheduled runs; twice ' || count(*) filter (where next = at) || '; gaps ' || count(*) filter (where next - at > interval '1 second') from scheduled"
