using System.Globalization;
using System.Text;

namespace Reeve.Core.JsonSchema;

/// <summary>Reads JSON from users' text. What is wrong is said as Python's json module says it, since that text reaches clients.</summary>
internal sealed class PythonJson
{
    private const int MaxDepth = 200;
    private readonly string _text;
    private int _at;

    private PythonJson(string text) => _text = text;

    /// <exception cref="FormatException">The text is not one JSON value; the message names line, column and character.</exception>
    public static object? Parse(string text)
    {
        var reader = new PythonJson(text);
        reader.SkipSpace();
        var value = reader.Value(0);
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Fault("Extra data", reader._at);
    }

    private object? Value(int depth)
    {
        if (depth > MaxDepth)
            throw Fault("Nested too deeply", _at);
        switch (_at < _text.Length ? _text[_at] : '\0')
        {
            case '"':
                _at++;
                return String(_at - 1);
            case '{':
                _at++;
                return Map(depth);
            case '[':
                _at++;
                return List(depth);
            default:
                return Word("null") ? null
                    : Word("true") ? true
                    : Word("false") ? false
                    : Word("NaN") ? double.NaN
                    : Word("Infinity") ? double.PositiveInfinity
                    : Word("-Infinity") ? double.NegativeInfinity
                    : Number();
        }
    }

    private bool Word(string word)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            return false;
        _at += word.Length;
        return true;
    }

    private object Number()
    {
        var start = _at;
        var i = start;
        if (Peek(i) == '-')
            i++;
        if (Peek(i) == '0')
            i++;
        else if (!Digits(ref i))
            throw Fault("Expecting value", start);
        var fraction = i + 1;
        if (Peek(i) == '.' && Digits(ref fraction))
            i = fraction;
        if (Peek(i) is 'e' or 'E')
        {
            var exponent = Peek(i + 1) is '+' or '-' ? i + 2 : i + 1;
            if (Digits(ref exponent))
                i = exponent;
        }

        _at = i;
        return JsonTree.Number(_text[start..i]);
    }

    private bool Digits(ref int i)
    {
        var start = i;
        while (char.IsAsciiDigit(Peek(i)))
            i++;
        return i > start;
    }

    private char Peek(int i) => i < _text.Length ? _text[i] : '\0';

    private JsonMap Map(int depth)
    {
        var map = new JsonMap();
        SkipSpace();
        if (Peek(_at) == '}')
        {
            _at++;
            return map;
        }

        while (true)
        {
            if (Peek(_at) != '"')
                throw Fault("Expecting property name enclosed in double quotes", _at);
            _at++;
            var key = String(_at - 1);
            SkipSpace();
            if (Peek(_at) != ':')
                throw Fault("Expecting ':' delimiter", _at);
            _at++;
            SkipSpace();
            map[key] = Value(depth + 1);
            SkipSpace();
            if (Peek(_at) == '}')
            {
                _at++;
                return map;
            }

            if (Peek(_at) != ',')
                throw Fault("Expecting ',' delimiter", _at);
            _at++;
            SkipSpace();
        }
    }

    private List<object?> List(int depth)
    {
        var list = new List<object?>();
        SkipSpace();
        if (Peek(_at) == ']')
        {
            _at++;
            return list;
        }

        while (true)
        {
            list.Add(Value(depth + 1));
            SkipSpace();
            if (Peek(_at) == ']')
            {
                _at++;
                return list;
            }

            if (Peek(_at) != ',')
                throw Fault("Expecting ',' delimiter", _at);
            _at++;
            SkipSpace();
        }
    }

    private string String(int begin)
    {
        var result = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length)
                throw Fault("Unterminated string starting at", begin);
            var c = _text[_at++];
            switch (c)
            {
                case '"':
                    return result.ToString();
                case < ' ':
                    throw Fault("Invalid control character at", _at - 1);
                case '\\':
                    if (_at >= _text.Length)
                        throw Fault("Unterminated string starting at", begin);
                    result.Append(Escape(_text[_at++]));
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }
    }

    private char Escape(char c) => c switch
    {
        '"' or '\\' or '/' => c,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => Unit(),
        _ => throw Fault("Invalid \\escape", _at - 2),
    };

    private char Unit()
    {
        if (_at + 4 > _text.Length || !ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            throw Fault("Invalid \\u escape: it takes four hex digits", _at - 1);
        _at += 4;
        return (char)unit;
    }

    private void SkipSpace()
    {
        while (Peek(_at) is ' ' or '\t' or '\n' or '\r' && _at < _text.Length)
            _at++;
    }

    private FormatException Fault(string what, int at)
    {
        var before = _text.AsSpan(0, at);
        var line = before.Count('\n') + 1;
        var column = at - before.LastIndexOf('\n');
        return new FormatException(string.Create(CultureInfo.InvariantCulture, $"{what}: line {line} column {column} (char {at})"));
    }
}
