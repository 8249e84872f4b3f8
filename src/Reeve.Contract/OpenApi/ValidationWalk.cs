using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>One walk over one body: where it stands, and what it has found. Makes nothing while nothing is wrong.</summary>
internal sealed class ValidationWalk
{
    // A step is a member of the schema (Name), an index (Name null, At >= 0) or a free key, as the offset of its token (At < 0).
    private readonly List<(string? Name, int At)> _way = [];
    private int _quiet;

    public ReadOnlyMemory<byte> Body { get; private set; }

    public bool Strict { get; private set; }

    public int UnknownFields { get; set; }

    public ValidationErrors? Errors { get; private set; }

    public void Begin(ReadOnlyMemory<byte> body, bool strict)
    {
        Body = body;
        Strict = strict;
        UnknownFields = 0;
        Errors = null;
        _way.Clear();
        _quiet = 0;
    }

    public void Enter(string name) => _way.Add((name, 0));

    public void Enter(int index) => _way.Add((null, index));

    /// <summary>Enters the member whose name the reader stands on.</summary>
    public void EnterKey(ref Utf8JsonReader reader) => _way.Add((null, -1 - (int)reader.TokenStartIndex));

    public void Leave() => _way.RemoveAt(_way.Count - 1);

    /// <summary>Until <see cref="Speak"/>, faults are not noted: a branch is only tried.</summary>
    public void Hush() => _quiet++;

    public void Speak() => _quiet--;

    /// <summary>Notes that the value the reader stands on is wrong and moves past it.</summary>
    public bool Refuse(ref Utf8JsonReader reader, string type, string message)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Refuse(type, message, start, (int)reader.BytesConsumed);
    }

    /// <summary>Notes a fault of the value between two offsets, or of its member <paramref name="member"/>.</summary>
    public bool Refuse(string type, string message, int start, int end, string? member = null)
    {
        if (_quiet > 0) return false;
        var loc = new List<LocPart>(_way.Count + 2) { "body" };
        foreach (var (name, at) in _way) loc.Add(name is not null || at >= 0 ? new LocPart(name, at) : KeyAt(-1 - at));
        if (member is not null) loc.Add(member);
        (Errors ??= new ValidationErrors()).Add(type, loc, message, Body[start..end]);
        return false;
    }

    private string KeyAt(int offset)
    {
        var reader = new Utf8JsonReader(Body.Span[offset..], isFinalBlock: false, state: default);
        return reader.Read() ? reader.GetString()! : "";
    }
}
