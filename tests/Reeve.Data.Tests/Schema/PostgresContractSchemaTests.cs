using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public sealed class PostgresContractSchemaTests(MigratedPostgres fixture, ITestOutputHelper output)
    : ContractSchemaTests(fixture, output), IClassFixture<MigratedPostgres>
{
    private const string Catalogue =
        """
        with ours as (
          select c.oid, c.relname from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'reeve\_%')
        select format('column %s.%s %s %s default %s', o.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then 'not null' else 'null' end, coalesce(pg_get_expr(d.adbin, d.adrelid), 'none'))
        from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
          left join pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum
        union all
        select format('constraint %s.%s %s', o.relname, c.conname, pg_get_constraintdef(c.oid))
        from ours o join pg_constraint c on c.conrelid = o.oid
        union all
        select format('index %s.%s %s%s (%s)%s%s', o.relname, n.relname, case when i.indisunique then 'unique ' else '' end, m.amname,
            (select string_agg(regexp_replace(trim(both '"' from pg_get_indexdef(i.indexrelid, k::int, false)), '^\((\(.*\))\)$', '\1')
                 || coalesce((select ' ' || p.opcname from pg_opclass p where p.oid = i.indclass[k - 1] and not p.opcdefault), '')
                 || case when i.indoption[k - 1] & 1 = 1 then ' DESC' else '' end, ', ' order by k)
               from generate_series(1, i.indnkeyatts) k),
            coalesce(' include (' || (select string_agg(pg_get_indexdef(i.indexrelid, k::int, false), ', ' order by k)
               from generate_series(i.indnkeyatts + 1, i.indnatts) k) || ')', ''),
            coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), ''))
        from ours o join pg_index i on i.indrelid = o.oid join pg_class n on n.oid = i.indexrelid join pg_am m on m.oid = n.relam
        where i.indisvalid and n.relname not like 'reeve\_%' and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
        union all
        select format('enum %s %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder))
        from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname
        union all
        select format('extension %s', extname) from pg_extension where extname <> 'plpgsql'
        union all
        select format('revision %s', version_num) from alembic_version
        """;

    protected override Task<IEnumerable<string>> ActualAsync(TestDatabase database) => ReadAsync(database);

    protected override IEnumerable<string> Expected(JsonObject facts)
    {
        foreach (var (name, table) in Tables(facts))
        {
            foreach (var column in Items(table["columns"]))
            {
                var nullable = column["nullable"]!.GetValue<bool>() ? "null" : "not null";
                yield return $"column {name}.{Text(column["name"])} {Text(column["postgres_type"])} {nullable} default {column["postgres_default"]?.GetValue<string>() ?? "none"}";
            }

            var key = table["primary_key"]!;
            yield return $"constraint {name}.{Text(key["name"])} PRIMARY KEY ({Names(key["columns"])})";
            foreach (var unique in Items(table["unique_constraints"]))
                yield return $"constraint {name}.{Text(unique["postgres_name"])} UNIQUE ({Names(unique["columns"])})";
            foreach (var foreign in Items(table["foreign_keys"]))
            {
                var action = Text(foreign["on_delete"]);
                yield return $"constraint {name}.{Text(foreign["name"] ?? foreign["postgres_name"])} FOREIGN KEY ({Names(foreign["columns"])}) "
                    + $"REFERENCES {Text(foreign["references"])}({Names(foreign["ref_columns"])}){(action == "NO ACTION" ? "" : " ON DELETE " + action)}";
            }

            foreach (var check in Items(table["checks"]?["postgres"]))
                yield return $"constraint {name}.{Text(check["name"])} {Text(check["postgres"])}";
            foreach (var index in Items(table["indexes"]))
            {
                if (index["postgres"] is JsonObject shape)
                    yield return $"index {name}.{Text(index["name"])} {Shape(shape)}";
            }
        }

        foreach (var (name, labels) in facts["postgres"]!["enums"]!.AsObject())
            yield return $"enum {name} {Names(labels)}";
        foreach (var extension in facts["postgres"]!["extensions"]!.AsArray())
            yield return $"extension {Text(extension)}";
        yield return $"revision {Text(facts["alembic"]!["heads"]!["postgresql"])}";
    }

    private static async Task<IEnumerable<string>> ReadAsync(TestDatabase database) => await LinesAsync(database, Catalogue);

    private static string Shape(JsonObject shape)
    {
        var keys = Items(shape["keys"]).Select(k =>
            Text(k["expr"]) + (k["opclass"] is { } opclass ? " " + Text(opclass) : "") + (k["order"] is { } order ? " " + Text(order) : ""));
        return (shape["unique"]!.GetValue<bool>() ? "unique " : "") + $"{Text(shape["method"])} ({string.Join(", ", keys)})"
            + (shape["include"] is { } include ? $" include ({Names(include)})" : "")
            + (shape["where"] is { } where ? $" where {Text(where)}" : "");
    }
}
