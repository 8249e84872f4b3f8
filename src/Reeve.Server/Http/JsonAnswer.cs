using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reeve.Server.Http;

/// <summary>Writes a JSON body whole, with its length, so that a fault while serializing can still become a 500.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic] private static Utf8JsonWriter? cachedWriter;

    public static async Task WriteAsync<T>(HttpContext http, int status, T state, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new PooledBuffer();
        var writer = cachedWriter ?? new Utf8JsonWriter(buffer, Options);
        cachedWriter = null;
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        writer.Reset(Stream.Null);
        cachedWriter = writer;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.Written.Length;
        await http.Response.Body.WriteAsync(buffer.Written);
    }
}
