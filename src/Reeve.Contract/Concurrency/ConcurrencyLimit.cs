using System.Text.Json.Serialization;

namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimit
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Tag { get; set; } = "";

    [JsonPropertyName("concurrency_limit")]
    public int ConcurrencyLimitValue { get; set; }

    public List<Guid> ActiveSlots { get; set; } = [];
}
