using System.Diagnostics.Metrics;

namespace Reeve.Server.Streams;

/// <summary>The measures of the websockets that stream, as instruments of the meter <c>Reeve.Streams</c>; a stream is <c>event</c> or <c>log</c>.</summary>
internal sealed class StreamMeters
{
    private readonly UpDownCounter<long> _readers;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _shown;
    private readonly Counter<long> _dropped;

    public StreamMeters(IMeterFactory meters)
    {
        var meter = meters.Create("Reeve.Streams");
        _readers = meter.CreateUpDownCounter<long>("reeve.stream.readers", "{websocket}", "Websockets that watch.");
        _givenUp = meter.CreateCounter<long>("reeve.stream.readers.given_up", "{websocket}", "Websockets that were closed because they did not keep up.");
        _shown = meter.CreateCounter<long>("reeve.stream.items", "{item}", "Things put into the queues of websockets.");
        _dropped = meter.CreateCounter<long>("reeve.stream.messages.dropped", "{message}", "Messages from other processes that there was no room for; what they told of is read from the database.");
    }

    public void Opened(string stream) => _readers.Add(1, Tag(stream));

    public void Closed(string stream, bool tooSlow)
    {
        _readers.Add(-1, Tag(stream));
        if (tooSlow) _givenUp.Add(1, Tag(stream));
    }

    public void Shown(string stream, long count) => _shown.Add(count, Tag(stream));

    public void Dropped(string stream, long count) => _dropped.Add(count, Tag(stream));

    private static KeyValuePair<string, object?> Tag(string stream) => new("reeve.stream.name", stream);
}
