using System.Globalization;
using System.Numerics;
using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Syntax;

/// <summary>
/// Cuts a template into tokens. A fault becomes a token of its own at the end: the parser may find something wrong before it,
/// and the first complaint in reading order is the one users see.
/// </summary>
internal sealed class TemplateLexer
{
    private static readonly string[] Operators =
        ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _open = new();
    private int _at;
    private int _line = 1;

    private TemplateLexer(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        // One newline at the very end is not part of the output.
        _source = source.EndsWith('\n') ? source[..^1] : source;
    }

    public static List<Token> Read(string source)
    {
        var lexer = new TemplateLexer(source);
        try
        {
            lexer.Root();
        }
        catch (TemplateSyntaxException fault)
        {
            lexer._tokens.Add(new Token(TokenKind.Fault, fault.Line, fault.Message));
            return lexer._tokens;
        }

        lexer._tokens.Add(new Token(TokenKind.End, lexer._tokens.Count > 0 ? lexer._tokens[^1].Line : 1, ""));
        return lexer._tokens;
    }

    private void Root()
    {
        while (_at < _source.Length)
        {
            var start = NextTag();
            if (start < 0)
            {
                Data(_source[_at..]);
                _at = _source.Length;
                return;
            }

            var text = _source[_at..start];
            var sign = Peek(start + 2) is '-' or '+' ? Peek(start + 2) : '\0';
            Text(text, sign);
            var kind = _source[start + 1];
            _at = start + (sign == '\0' ? 2 : 3);
            if (kind == '#')
                Comment();
            else if (kind == '%' && TryRawBegin())
                Raw();
            else
                Tag(kind == '%');
        }
    }

    private int NextTag()
    {
        for (var i = _at; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && _source[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    private void Text(string text, char sign)
    {
        Data(sign == '-' ? text.TrimEnd() : text, text);
    }

    private void Data(string text, string? counted = null)
    {
        if (text.Length > 0)
            _tokens.Add(new Token(TokenKind.Data, _line, text));
        _line += Lines(counted ?? text);
    }

    private static int Lines(ReadOnlySpan<char> text) => text.Count('\n');

    private void Comment()
    {
        if (_at >= _source.Length)
            return;
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
            throw new TemplateSyntaxException("Missing end of comment tag", _line);
        var strips = end > _at && _source[end - 1] == '-';
        Advance(end + 2);
        if (strips)
            SkipSpace();
    }

    private bool TryRawBegin()
    {
        var i = PastSpace(_at);
        if (string.CompareOrdinal(_source, i, "raw", 0, 3) != 0)
            return false;
        i = PastSpace(i + 3);
        var strips = Peek(i) == '-';
        if (string.CompareOrdinal(_source, strips ? i + 1 : i, "%}", 0, 2) != 0)
            return false;
        Advance(i + (strips ? 3 : 2));
        if (strips)
            SkipSpace();
        return true;
    }

    private void Raw()
    {
        if (_at >= _source.Length)
            return;
        for (var start = _source.IndexOf("{%", _at, StringComparison.Ordinal); start >= 0; start = _source.IndexOf("{%", start + 1, StringComparison.Ordinal))
        {
            var sign = Peek(start + 2);
            var i = PastSpace(sign is '-' or '+' ? start + 3 : start + 2);
            if (string.CompareOrdinal(_source, i, "endraw", 0, 6) != 0)
                continue;
            i = PastSpace(i + 6);
            var close = Peek(i);
            if (string.CompareOrdinal(_source, close is '-' or '+' ? i + 1 : i, "%}", 0, 2) != 0)
                continue;
            Text(_source[_at..start], sign);
            _at = start;
            Advance(i + (close is '-' or '+' ? 3 : 2));
            if (close == '-')
                SkipSpace();
            return;
        }

        throw new TemplateSyntaxException("Missing end of raw directive", _line);
    }

    private void Tag(bool block)
    {
        _tokens.Add(new Token(block ? TokenKind.BlockBegin : TokenKind.VariableBegin, _line, ""));
        _open.Clear();
        var end = block ? "%}" : "}}";
        while (_at < _source.Length)
        {
            if (_open.Count == 0 && TryEnd(end, block))
                return;
            if (char.IsWhiteSpace(_source[_at]))
                SkipSpace();
            else
                Lexeme();
        }
    }

    private bool TryEnd(string end, bool block)
    {
        var sign = Peek(_at);
        var length = sign == '-' || (sign == '+' && block) ? 1 : 0;
        if (string.CompareOrdinal(_source, _at + length, end, 0, 2) != 0)
            return false;
        _tokens.Add(new Token(block ? TokenKind.BlockEnd : TokenKind.VariableEnd, _line, ""));
        _at += length + 2;
        if (sign == '-')
            SkipSpace();
        return true;
    }

    private void Lexeme()
    {
        var c = _source[_at];
        if (char.IsAsciiDigit(c) && TryNumber())
            return;
        if (char.IsLetterOrDigit(c) || c == '_')
        {
            var start = _at;
            while (char.IsLetterOrDigit(Peek(_at)) || Peek(_at) == '_')
                _at++;
            var name = _source[start.._at];
            if (!char.IsLetter(name[0]) && name[0] != '_')
                throw new TemplateSyntaxException("Invalid character in identifier", _line);
            _tokens.Add(new Token(TokenKind.Name, _line, name));
            return;
        }

        if (c is '"' or '\'' && TryString(c))
            return;
        foreach (var each in Operators)
        {
            if (string.CompareOrdinal(_source, _at, each, 0, each.Length) != 0)
                continue;
            Balance(each);
            _tokens.Add(new Token(TokenKind.Operator, _line, each));
            _at += each.Length;
            return;
        }

        var shown = char.IsHighSurrogate(c) && _at + 1 < _source.Length ? _source.Substring(_at, 2) : c.ToString();
        throw new TemplateSyntaxException($"unexpected char {PythonText.Repr(shown)} at {_source.AsSpan(0, _at).ToString().EnumerateRunes().Count()}", _line);
    }

    private void Balance(string each)
    {
        switch (each)
        {
            case "{": _open.Push('}'); break;
            case "(": _open.Push(')'); break;
            case "[": _open.Push(']'); break;
            case "}" or ")" or "]":
                if (!_open.TryPop(out var expected))
                    throw new TemplateSyntaxException($"unexpected '{each}'", _line);
                if (expected != each[0])
                    throw new TemplateSyntaxException($"unexpected '{each}', expected '{expected}'", _line);
                break;
        }
    }

    private bool TryNumber()
    {
        var whole = Digits(_at);
        var i = whole;
        var isFloat = false;
        if (_at == 0 || _source[_at - 1] != '.')
        {
            if (Peek(i) == '.' && Digits(i + 1) > i + 1)
            {
                i = Digits(i + 1);
                isFloat = true;
            }

            if (Peek(i) is 'e' or 'E')
            {
                var exponent = Peek(i + 1) is '+' or '-' ? i + 2 : i + 1;
                if (Digits(exponent) > exponent)
                {
                    i = Digits(exponent);
                    isFloat = true;
                }
            }
        }

        if (isFloat)
        {
            var text = _source[_at..i].Replace("_", "", StringComparison.Ordinal);
            _tokens.Add(new Token(TokenKind.Float, _line, text, double.Parse(text, CultureInfo.InvariantCulture)));
            _at = i;
            return true;
        }

        return TryInteger(whole);
    }

    private bool TryInteger(int end)
    {
        var (radix, start) = (Peek(_at), Peek(_at + 1)) switch
        {
            ('0', 'x' or 'X') => (16, _at + 2),
            ('0', 'o' or 'O') => (8, _at + 2),
            ('0', 'b' or 'B') => (2, _at + 2),
            _ => (10, _at),
        };
        var value = BigInteger.Zero;
        if (radix != 10)
        {
            end = start;
            while (Digit(Peek(end), radix) >= 0 || (Peek(end) == '_' && Digit(Peek(end + 1), radix) >= 0))
            {
                if (_source[end] != '_')
                    value = (value * radix) + Digit(_source[end], radix);
                end++;
            }

            if (end == start)
                (radix, end) = (10, _at + 1);
        }

        if (radix == 10)
        {
            // A number that begins with 0 has nothing but zeros; what follows is a token of its own.
            if (_source[_at] == '0')
            {
                end = _at + 1;
                while (Peek(end) == '0' || (Peek(end) == '_' && Peek(end + 1) == '0'))
                    end++;
            }

            value = BigInteger.Parse(_source[_at..end].Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }

        _tokens.Add(new Token(TokenKind.Integer, _line, _source[_at..end], PythonNumber.Normalize(value)));
        _at = end;
        return true;
    }

    private static int Digit(char c, int radix)
    {
        var value = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : -1;
        return value < radix ? value : -1;
    }

    // The end of a run of digits in which single underscores may stand between digits.
    private int Digits(int i)
    {
        while (char.IsAsciiDigit(Peek(i)) || (Peek(i) == '_' && i > 0 && char.IsAsciiDigit(_source[i - 1]) && char.IsAsciiDigit(Peek(i + 1))))
            i++;
        return i;
    }

    private bool TryString(char quote)
    {
        var i = _at + 1;
        while (i < _source.Length && _source[i] != quote)
            i += _source[i] == '\\' ? 2 : 1;
        if (i >= _source.Length)
            return false;
        var raw = _source[(_at + 1)..i];
        _tokens.Add(new Token(TokenKind.String, _line, raw, Unescape(raw)));
        Advance(i + 1);
        return true;
    }

    private string Unescape(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return raw;
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 >= raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            var c = raw[++i];
            switch (c)
            {
                case '\n': break;
                case '\\' or '\'' or '"': text.Append(c); break;
                case 'a': text.Append('\a'); break;
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'v': text.Append('\v'); break;
                case >= '0' and <= '7':
                    var end = i;
                    while (end < raw.Length && end < i + 3 && raw[end] is >= '0' and <= '7')
                        end++;
                    text.Append((char)Convert.ToInt32(raw[i..end], 8));
                    i = end - 1;
                    break;
                case 'x': Hex(raw, ref i, 2, "truncated \\xXX escape", text); break;
                case 'u': Hex(raw, ref i, 4, "truncated \\u escape: it takes 4 hex digits", text); break;
                case 'U': Hex(raw, ref i, 8, "truncated \\U escape: it takes 8 hex digits", text); break;
                case 'N': throw new TemplateSyntaxException(i + 1 < raw.Length && raw[i + 1] == '{' && raw.IndexOf('}', i) > i + 2 ? "unknown Unicode character name" : "malformed \\N character escape", _line);
                default: text.Append('\\').Append(c); break;
            }
        }

        return text.ToString();
    }

    private void Hex(string raw, ref int i, int length, string fault, StringBuilder text)
    {
        if (i + length >= raw.Length
            || !int.TryParse(raw.AsSpan(i + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
        {
            throw new TemplateSyntaxException(fault, _line);
        }

        if (point is < 0 or > 0x10FFFF)
            throw new TemplateSyntaxException("illegal Unicode character", _line);
        text.Append(point is >= 0xD800 and <= 0xDFFF ? ((char)point).ToString() : char.ConvertFromUtf32(point));
        i += length;
    }

    private char Peek(int i) => i < _source.Length ? _source[i] : '\0';

    private int PastSpace(int i)
    {
        while (i < _source.Length && char.IsWhiteSpace(_source[i]))
            i++;
        return i;
    }

    private void SkipSpace() => Advance(PastSpace(_at));

    private void Advance(int to)
    {
        _line += Lines(_source.AsSpan(_at, to - _at));
        _at = to;
    }
}
