"""Prints the URL of a database that REEVE_TEST_POSTGRES (Host=...;Port=...;Username=...) leads to, or a PgBouncer's settings before it.

Usage: postgres_url.py CONNECTION_STRING [DATABASE]
       postgres_url.py --pgbouncer CONNECTION_STRING DATABASE PORT
"""
import sys
from urllib.parse import quote


def read(text):
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    return {key.strip().lower(): value.strip() for key, value in parts.items()}


def url(text, database=None):
    parts = read(text)
    user = quote(parts.get("username", "postgres"), safe="")
    if "password" in parts:
        user += ":" + quote(parts["password"], safe="")
    database = quote(database or parts.get("database", "postgres"), safe="")
    return f"postgresql://{user}@{parts.get('host', '127.0.0.1')}:{parts.get('port', '5432')}/{database}"


def pgbouncer(text, database, port):
    parts = read(text)
    target = f"host={parts.get('host', '127.0.0.1')} port={parts.get('port', '5432')} user={parts.get('username', 'postgres')}"
    if "password" in parts:
        target += " password='" + parts["password"].replace("'", "''") + "'"
    return f"""[databases]
{database} = {target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20"""


if sys.argv[1] == "--pgbouncer":
    print(pgbouncer(*sys.argv[2:]))
else:
    print(url(*sys.argv[1:]))
