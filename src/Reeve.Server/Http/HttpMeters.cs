using System.Diagnostics.Metrics;

namespace Reeve.Server.Http;

/// <summary>What is counted of requests beyond what ASP.NET Core counts.</summary>
internal sealed class HttpMeters(IMeterFactory meters)
{
    private readonly Counter<long> _unknownFields = meters.Create("Reeve.Http").CreateCounter<long>(
        "reeve.http.unknown_fields", "{field}", "Keys of request bodies that this server does not know and has ignored.");

    public void CountUnknownFields(int count, HttpRequest request) =>
        _unknownFields.Add(count, new KeyValuePair<string, object?>("http.request.method", request.Method));
}
