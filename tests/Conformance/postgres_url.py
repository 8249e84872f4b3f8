"""Prints the URL of a database that REEVE_TEST_POSTGRES (Host=...;Port=...;Username=...) leads to.

Usage: postgres_url.py CONNECTION_STRING [DATABASE]
"""
import sys
from urllib.parse import quote

parts = dict(part.split("=", 1) for part in sys.argv[1].split(";") if "=" in part)
parts = {key.strip().lower(): value.strip() for key, value in parts.items()}
database = sys.argv[2] if len(sys.argv) > 2 else parts.get("database", "postgres")
user = quote(parts.get("username", "postgres"), safe="")
if "password" in parts:
    user += ":" + quote(parts["password"], safe="")
print(f"postgresql://{user}@{parts.get('host', '127.0.0.1')}:{parts.get('port', '5432')}/{quote(database, safe='')}")
