using System.Text.Json.Serialization;
using Reeve.Contract.Json;

namespace Reeve.Contract.Deployments;

public sealed class IntervalSchedule : Schedule
{
    public TimeSpan Interval { get; set; }

    [JsonConverter(typeof(OffsetInstantConverter))]
    public DateTimeOffset? AnchorDate { get; set; }

    public string? Timezone { get; set; }
}
