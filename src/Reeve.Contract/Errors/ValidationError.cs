using System.Text.Json.Serialization;
using Reeve.Core;

namespace Reeve.Contract.Errors;

/// <summary>One thing wrong with a request.</summary>
public sealed class ValidationError
{
    /// <summary>Where: <c>body</c>, <c>query</c>, <c>path</c> or <c>header</c>, then names and indexes.</summary>
    public List<RawJson> Loc { get; set; } = [];

    public string Msg { get; set; } = "";

    /// <summary>The kind of fault, such as <c>missing</c> or <c>int_parsing</c>.</summary>
    public string Type { get; set; } = "";

    public RawJson Input { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Ctx { get; set; }
}
