using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public sealed partial class SqliteContractSchemaTests(MigratedSqlite fixture, ITestOutputHelper output)
    : ContractSchemaTests(fixture, output), IClassFixture<MigratedSqlite>
{
    private const string Catalogue =
        """
        with ours as (select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\_%' escape '\' and name not like 'reeve\_%' escape '\')
        select printf('column %s.%s %s %s default %s', o.name, c.name, c.type, iif(c."notnull", 'not null', 'null'), coalesce(c.dflt_value, 'none'))
        from ours o, pragma_table_info(o.name) c
        union all
        select printf('primary key %s (%s)', o.name, (select group_concat(name, ', ') from (select name from pragma_table_info(o.name) where pk > 0 order by pk)))
        from ours o
        union all
        select printf('unique %s (%s)', o.name, (select group_concat(name, ', ') from (select name from pragma_index_info(i.name) order by seqno)))
        from ours o, pragma_index_list(o.name) i where i.origin = 'u'
        union all
        select printf('foreign key %s (%s) references %s (%s) on delete %s', o.name, f."from", f."table", f."to", f.on_delete)
        from ours o, pragma_foreign_key_list(o.name) f
        union all
        select printf('index %s.%s %s(%s)%s', o.name, i.name, iif(i."unique", 'unique ', ''),
            (select group_concat(part, ', ') from (
               select coalesce(k.name, 'expression') || iif(k.coll = 'BINARY', '', ' ' || k.coll) || iif(k.desc, ' DESC', '') as part
               from pragma_index_xinfo(i.name) k where k.key order by k.seqno)),
            iif(i.partial, ' where ' || substr(m.sql, instr(m.sql, ' where ') + 7), ''))
          || iif(instr(m.sql, 'json_extract('), ' of ' || substr(m.sql, instr(m.sql, 'json_extract('), instr(m.sql, ''')') + 2 - instr(m.sql, 'json_extract(')), '')
        from ours o, pragma_index_list(o.name) i join sqlite_master m on m.name = i.name where i.origin = 'c' and i.name not like 'reeve\_%' escape '\'
        union all
        select printf('revision %s', version_num) from alembic_version
        """;

    private const string RandomUuid = "lower(hex(randomblob(4)))";
    private const string Now = "strftime('%Y-%m-%d %H:%M:%f000', 'now')";

    [Fact]
    public async Task Defaults_made_by_the_database_have_the_form_in_which_values_are_kept()
    {
        await using var database = await MigratedDatabase.CreateAsync(DatabaseKind.Sqlite);
        await database.ExecuteAsync("insert into flow (name) values ('a')");

        var made = await database.ScalarAsync<string>("select id || ' ' || created from flow");

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}000$", made);
    }

    protected override async Task<IEnumerable<string>> ActualAsync(TestDatabase database)
    {
        var lines = (await LinesAsync(database, Catalogue)).ConvertAll(Fold);
        var tables = await LinesAsync(
            database, "select name || ' ' || sql from sqlite_master where type = 'table' and name not like 'reeve\\_%' escape '\\' and sql like '%constraint%'");
        foreach (var table in tables)
        {
            var name = table[..table.IndexOf(' ', StringComparison.Ordinal)];
            lines.AddRange(NamedConstraint().Matches(table).Select(m => $"constraint {name}.{m.Groups["name"].Value} {m.Groups["what"].Value}"));
        }

        return lines;
    }

    protected override IEnumerable<string> Expected(JsonObject facts)
    {
        foreach (var (name, table) in Tables(facts))
        {
            foreach (var column in Items(table["columns"]))
            {
                var nullable = (column["sqlite_nullable"] ?? column["nullable"])!.GetValue<bool>() ? "null" : "not null";
                yield return $"column {name}.{Text(column["name"])} {Text(column["sqlite_type"])} {nullable} default {column["sqlite_default"]?.GetValue<string>() ?? "none"}";
            }

            var key = table["primary_key"]!;
            yield return $"primary key {name} ({Names(key["columns"])})";
            yield return $"constraint {name}.{Text(key["name"])} primary key ({Names(key["columns"])})";
            foreach (var unique in Items(table["unique_constraints"]))
            {
                yield return $"unique {name} ({Names(unique["columns"])})";
                yield return $"constraint {name}.{Text(unique["sqlite_name"])} unique ({Names(unique["columns"])})";
            }

            foreach (var foreign in Items(table["foreign_keys"]))
            {
                yield return $"foreign key {name} ({Names(foreign["columns"])}) references {Text(foreign["references"])} ({Names(foreign["ref_columns"])}) on delete {Text(foreign["on_delete"])}";
                yield return $"constraint {name}.{Text(foreign["name"] ?? foreign["sqlite_name"])} foreign key ({Names(foreign["columns"])})";
            }

            foreach (var check in Items(table["checks"]?["sqlite"]))
                yield return $"constraint {name}.{Text(check["name"])} check ({Text(check["expr"])})";
            foreach (var index in Items(table["indexes"]))
            {
                if (index["sqlite"] is JsonObject shape)
                    yield return $"index {name}.{Text(index["name"])} {Shape(shape)}";
            }
        }

        yield return $"revision {Text(facts["alembic"]!["heads"]!["sqlite"])}";
    }

    private static string Shape(JsonObject shape)
    {
        var expression = Items(shape["keys"]).Select(k => Text(k["expr"])).FirstOrDefault(e => e.Contains('(', StringComparison.Ordinal));
        var keys = Items(shape["keys"]).Select(k =>
            (Text(k["expr"]).Contains('(', StringComparison.Ordinal) ? "expression" : Text(k["expr"]))
            + (k["collate"] is { } collate ? " " + Text(collate) : "") + (k["order"] is { } order ? " " + Text(order) : ""));
        return (shape["unique"]!.GetValue<bool>() ? "unique " : "") + $"({string.Join(", ", keys)})"
            + (shape["where"] is { } where ? $" where {Text(where)}" : "")
            + (expression is null ? "" : " of " + expression);
    }

    // The facts name the two long default expressions by a token.
    private static string Fold(string line) =>
        line.Contains(RandomUuid, StringComparison.Ordinal) ? line[..line.IndexOf(RandomUuid, StringComparison.Ordinal)] + "RANDOM_UUID"
        : line.EndsWith(Now, StringComparison.Ordinal) ? line[..^Now.Length] + "NOW_UTC"
        : line;

    [GeneratedRegex(@"constraint (?<name>\w+) (?<what>(primary key|unique|foreign key|check) \([^)]*\))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedConstraint();
}
