using System.Text;
using Reeve.Core.Schedules.Batch;

namespace Reeve.Core.Tests.Schedules;

public sealed class ScheduleBatchTests
{
    [Fact]
    public void A_batch_answers_every_case_and_tells_which_failed()
    {
        byte[] batch = Encoding.UTF8.GetBytes("""
            {"cases": [
              {"id": "a", "schedule": {"cron": "0 9 * * *", "timezone": "Asia/Tokyo"}, "start": "2026-01-01T00:00:00Z", "n": 2, "end": null},
              {"id": "b", "schedule": {"interval": 0.25, "anchor_date": "2026-01-01T00:00:00Z"}, "start": "2026-01-01T00:00:00.3Z", "n": 1},
              {"id": "c", "schedule": {"rrule": "FREQ=NEVER"}, "start": "2026-01-01T00:00:00Z", "n": 1}
            ]}
            """);
        using var output = new MemoryStream();

        var failures = ScheduleBatch.Evaluate(batch, output, DateTimeOffset.UnixEpoch);

        Assert.Equal(
            """{"a":["2026-01-01T00:00:00Z","2026-01-02T00:00:00Z"],"b":["2026-01-01T00:00:00.500000Z"],"c":[]}""",
            Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal("c", Assert.Single(failures).Id);
    }
}
