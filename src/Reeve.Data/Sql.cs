using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Reeve.Core;

namespace Reeve.Data;

/// <summary>
/// A statement or fragment with its parameters. Written as an interpolated string: every hole is a parameter, only
/// another <see cref="Sql"/> or <see cref="SqlText"/> is spliced as text, so injection cannot be written.
/// A format in a hole is a cast: <c>{state:state_type}</c> becomes <c>$1::state_type</c> (and plain <c>$1</c> on SQLite).
/// </summary>
/// <remarks>
/// Statements are written in PostgreSQL's dialect; <see cref="Sqlite.SqliteTranslator"/> turns the few regular
/// differences around. The text depends on the shape of the statement alone, so prepared statements are reused.
/// </remarks>
[InterpolatedStringHandler]
public sealed class Sql
{
    /// <summary>Stands in the text for "the next parameter"; numbered when the statement is rendered.</summary>
    private const char Hole = '\u0001';

    private readonly StringBuilder _text;
    private readonly List<SqlValue> _values;

    public Sql() : this(64, 4) { }

    public Sql(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + formattedCount * 8);
        _values = new List<SqlValue>(formattedCount);
    }

    public bool IsEmpty => _text.Length == 0;

    internal IReadOnlyList<SqlValue> Values => _values;

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Sql part)
    {
        _text.Append(part._text);
        _values.AddRange(part._values);
    }

    public void AppendFormatted(SqlText text) => _text.Append(text.Value);

    public void AppendFormatted(SqlValue value, string? format = null)
    {
        _text.Append(Hole);
        _values.Add(value);
        if (format is not null) _text.Append("::").Append(format);
    }

    public void AppendFormatted(Guid value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(Guid? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(DateTimeOffset value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(DateTimeOffset? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(TimeSpan value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(TimeSpan? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(string? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(int value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(int? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(long value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(long? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(double value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(double? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(bool value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(bool? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(RawJson value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(RawJson? value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(IReadOnlyCollection<Guid> value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(IReadOnlyCollection<string> value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(IReadOnlyCollection<int> value, string? format = null) => AppendFormatted(SqlValue.From(value), format);
    public void AppendFormatted(IReadOnlyCollection<long> value, string? format = null) => AppendFormatted(SqlValue.From(value), format);

    /// <summary>Adds another fragment to this one.</summary>
    public Sql Add(Sql part)
    {
        AppendFormatted(part);
        return this;
    }

    /// <summary>Fragments with <paramref name="separator"/> between them.</summary>
    public static Sql Join(string separator, IEnumerable<Sql> parts)
    {
        var joined = new Sql();
        foreach (var part in parts)
        {
            if (!joined.IsEmpty) joined._text.Append(separator);
            joined.AppendFormatted(part);
        }
        return joined;
    }

    /// <summary>The text with its parameters numbered <c>$1</c>, <c>$2</c>, …</summary>
    public string Render()
    {
        if (_values.Count == 0) return _text.ToString();
        var rendered = new StringBuilder(_text.Length + _values.Count * 2);
        var number = 0;
        foreach (var chunk in _text.GetChunks())
        {
            var rest = chunk.Span;
            while (true)
            {
                var at = rest.IndexOf(Hole);
                if (at < 0) { rendered.Append(rest); break; }
                rendered.Append(rest[..at]).Append('$').Append(++number);
                rest = rest[(at + 1)..];
            }
        }
        return rendered.ToString();
    }

    /// <summary>The text and the values: the same of two statements that ask the same.</summary>
    public string Identity()
    {
        var identity = new StringBuilder(Render());
        // A length before each, so that no value looks like two.
        void Add(object? value)
        {
            if (value is IEnumerable many and not string)
            {
                identity.Append('[');
                foreach (var one in many) Add(one);
                identity.Append(']');
                return;
            }
            var text = value switch
            {
                null => null,
                ReadOnlyMemory<byte> json => Encoding.UTF8.GetString(json.Span),
                DateTimeOffset instant => instant.UtcTicks.ToString(CultureInfo.InvariantCulture),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            identity.Append(text?.Length ?? -1).Append(':').Append(text);
        }
        foreach (var value in _values) Add(value.Value);
        return identity.ToString();
    }

    public override string ToString() => Render();
}
