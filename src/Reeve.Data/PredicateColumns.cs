namespace Reeve.Data;

/// <summary>
/// The conditions that the contract's filters are made of, each on one column. A member that was not sent adds nothing, and
/// neither does one that asks for nothing: an empty text, an empty <c>all</c> or <c>not any</c>. Nothing is in an empty <c>any</c>.
/// </summary>
public static class PredicateColumns
{
    /// <summary>One value is written as an equality, which lets an index give the rows in the order of its next column.</summary>
    public static Predicate Any(this Predicate where, string column, IReadOnlyCollection<Guid>? any) => any switch
    {
        null => where,
        { Count: 1 } => where.Add($"{new SqlText(column)} = {any.First()}"),
        _ => where.Add($"{new SqlText(column)} = any({any})"),
    };

    /// <inheritdoc cref="Any(Predicate,string,IReadOnlyCollection{Guid})"/>
    public static Predicate Any(this Predicate where, string column, IReadOnlyCollection<string>? any) => any switch
    {
        null => where,
        { Count: 1 } => where.Add($"{new SqlText(column)} = {any.First()}"),
        _ => where.Add($"{new SqlText(column)} = any({any})"),
    };

    /// <summary>
    /// As <see cref="Any(Predicate,string,IReadOnlyCollection{string})"/> for a column of a database enum, whose words are ours: capitals and
    /// underscores. They stand in the text: a parameter would be turned into the enum anew for each row that is looked at, and the database
    /// could not know how many rows have them.
    /// </summary>
    public static Predicate AnyEnum(this Predicate where, string column, IReadOnlyCollection<string>? any) => any switch
    {
        null => where,
        { Count: 0 } => where.Add($"false"),
        { Count: 1 } => where.Add($"{new SqlText(column)} = {Words(any)}"),
        _ => where.Add($"{new SqlText(column)} in ({Words(any)})"),
    };

    public static Predicate NotAny(this Predicate where, string column, IReadOnlyCollection<Guid>? none) =>
        none is null or { Count: 0 } ? where : where.Add($"{new SqlText(column)} <> all({none})");

    public static Predicate NotAny(this Predicate where, string column, IReadOnlyCollection<string>? none) =>
        none is null or { Count: 0 } ? where : where.Add($"{new SqlText(column)} <> all({none})");

    /// <inheritdoc cref="AnyEnum"/>
    public static Predicate NotAnyEnum(this Predicate where, string column, IReadOnlyCollection<string>? none) =>
        none is null or { Count: 0 } ? where : where.Add($"{new SqlText(column)} not in ({Words(none)})");

    /// <summary>
    /// Contains the text, in any case; <c>%</c> and <c>_</c> keep their meaning as wildcards, as in the reference. A backslash
    /// is a letter like others, on both databases.
    /// </summary>
    public static Predicate Like(this Predicate where, string column, string? text) =>
        string.IsNullOrEmpty(text) ? where : where.Add($"{new SqlText(column)} ilike {"%" + text + "%"} escape ''");

    public static Predicate Before(this Predicate where, string column, DateTimeOffset? instant) =>
        instant is null ? where : where.Add($"{new SqlText(column)} <= {instant}");

    public static Predicate After(this Predicate where, string column, DateTimeOffset? instant) =>
        instant is null ? where : where.Add($"{new SqlText(column)} >= {instant}");

    public static Predicate IsNull(this Predicate where, string column, bool? isNull) => isNull switch
    {
        null => where,
        true => where.Add($"{new SqlText(column)} is null"),
        false => where.Add($"{new SqlText(column)} is not null"),
    };

    public static Predicate Is(this Predicate where, string column, bool? value) =>
        value is null ? where : where.Add($"{new SqlText(column)} = {value}");

    /// <summary>A JSON array column that holds every one of <paramref name="all"/>.</summary>
    public static Predicate HasAll(this Predicate where, Dialect dialect, string column, IReadOnlyCollection<string>? all) =>
        all is null or { Count: 0 } ? where : where.Add(dialect == Dialect.Postgres
            ? (Sql)$"{new SqlText(column)} ?& {all}"
            : (Sql)$"not exists (select 1 from json_each({all}) wanted where wanted.value not in (select value from json_each({new SqlText(column)})))");

    /// <summary>A JSON array column that holds at least one of <paramref name="any"/>.</summary>
    public static Predicate HasAny(this Predicate where, Dialect dialect, string column, IReadOnlyCollection<string>? any) =>
        any is null ? where : where.Add(dialect == Dialect.Postgres
            ? (Sql)$"{new SqlText(column)} ?| {any}"
            : (Sql)$"exists (select 1 from json_each({new SqlText(column)}) has where has.value in (select value from json_each({any})))");

    /// <summary>A JSON array column that is, or is not, empty.</summary>
    public static Predicate IsEmptyArray(this Predicate where, Dialect dialect, string column, bool? isEmpty) => isEmpty switch
    {
        null => where,
        true => where.Add(EmptyArray(dialect, column)),
        false => where.Add($"not {EmptyArray(dialect, column)}"),
    };

    private static SqlText Words(IReadOnlyCollection<string> words)
    {
        if (words.FirstOrDefault(static word => word.Any(static letter => letter is not ((>= 'A' and <= 'Z') or '_'))) is { } other)
        {
            throw new ArgumentException($"'{other}' is no word of a database enum.", nameof(words));
        }
        // In order and once each, so that the same question is the same text, which the database has prepared.
        return new SqlText(string.Join(", ", words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static word => $"'{word}'")));
    }

    private static Sql EmptyArray(Dialect dialect, string column) => dialect == Dialect.Postgres
        ? (Sql)$"({new SqlText(column)} = '[]'::jsonb)"
        : (Sql)$"(json_array_length({new SqlText(column)}) = 0)";
}
