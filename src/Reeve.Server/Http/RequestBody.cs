using System.Buffers;

namespace Reeve.Server.Http;

internal static class RequestBody
{
    /// <summary>The whole body.</summary>
    /// <exception cref="ApiException">413: larger than <paramref name="limit"/> bytes.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) throw TooLarge(limit);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(limit);
            }
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ApiException TooLarge(int limit) =>
        ApiException.Detail(413, $"The request body is larger than the {limit} bytes this server reads. Send less at a time, or raise PREFECT_REEVE_MAX_BODY_BYTES.");
}
