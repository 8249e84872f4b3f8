using System.Text.Json;
using Reeve.Contract;

namespace Reeve.Server.Http;

/// <summary>What a handler answers: a status and how its body is written.</summary>
internal abstract class ApiResult
{
    /// <summary>204 and no body.</summary>
    public static readonly ApiResult NoContent = new Empty(204);

    /// <summary>200 and <c>null</c>, the answer of handlers that return nothing.</summary>
    public static readonly ApiResult Null = new Fixed(200, "null"u8.ToArray());

    public static ApiResult Json<T>(T value, int status = 200) => new Body<T>(status, value);

    /// <summary>JSON of ours that needs no type: numbers, <c>true</c>, <c>null</c>.</summary>
    public static ApiResult Json(ReadOnlySpan<byte> utf8, int status = 200) => new Fixed(status, utf8.ToArray());

    public static ApiResult Number(int value) => new Fixed(200, System.Text.Encoding.UTF8.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static ApiResult Text(string text, string contentType = "text/plain; charset=utf-8", int status = 200) =>
        new Fixed(status, System.Text.Encoding.UTF8.GetBytes(text), contentType);

    /// <summary>The answer is written by <paramref name="write"/>, JSON object by object.</summary>
    public static ApiResult Written(Action<Utf8JsonWriter> write, int status = 200) => new Writer(status, write);

    /// <summary>The handler writes to the response itself, for downloads that must not be held in memory.</summary>
    public static ApiResult Streamed(Func<HttpContext, Task> write) => new Stream(write);

    public abstract Task WriteAsync(HttpContext http);

    private sealed class Empty(int status) : ApiResult
    {
        public override Task WriteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }

    private sealed class Fixed(int status, byte[] body, string contentType = "application/json") : ApiResult
    {
        public override Task WriteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = contentType;
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body).AsTask();
        }
    }

    private sealed class Body<T>(int status, T value) : ApiResult
    {
        public override Task WriteAsync(HttpContext http) =>
            JsonAnswer.WriteAsync(http, status, value, static (writer, value) => JsonSerializer.Serialize(writer, value, ReeveJson.TypeInfo<T>()));
    }

    private sealed class Writer(int status, Action<Utf8JsonWriter> write) : ApiResult
    {
        public override Task WriteAsync(HttpContext http) => JsonAnswer.WriteAsync(http, status, write, static (writer, write) => write(writer));
    }

    private sealed class Stream(Func<HttpContext, Task> write) : ApiResult
    {
        public override Task WriteAsync(HttpContext http) => write(http);
    }
}
