using System.Text;

namespace Reeve.Contract.Tests.OpenApi;

public sealed class RecordedRequestsTests
{
    // What only a handler can know: parameters against a deployment's own schema, and the automation that is stored.
    private static readonly string[] HandlersFaults = ["json schema", "Failure reason", "infinite loop"];

    [Fact]
    public void Every_request_that_was_accepted_is_accepted()
    {
        var wrong = new List<string>();
        foreach (var each in Recordings.Read().Where(static each => each.Status is >= 200 and < 300))
        {
            var found = Check.Body(Check.Operation(each.Method, each.Path), Encoding.UTF8.GetBytes(each.Body));
            if (found.Count > 0) wrong.Add($"{each.Scenario}: {each.Method} {each.Path} {string.Join(", ", found)} {Short(each.Body)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(30)));
    }

    [Fact]
    public void Every_request_that_was_refused_as_invalid_is_refused()
    {
        var wrong = new List<string>();
        foreach (var each in Recordings.Read().Where(static each => each.Status == 422 && each.Response.Contains("exception_detail", StringComparison.Ordinal)))
        {
            if (HandlersFaults.Any(each.Response[..Math.Min(600, each.Response.Length)].Contains)) continue;
            var found = Check.Body(Check.Operation(each.Method, each.Path), Encoding.UTF8.GetBytes(each.Body));
            if (found.Count == 0) wrong.Add($"{each.Scenario}: {each.Method} {each.Path} {Short(each.Body)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Short(string body) => body[..Math.Min(300, body.Length)];
}
