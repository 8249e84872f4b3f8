using System.Text.RegularExpressions;

namespace Reeve.Cli.Hosting;

/// <summary>The ways in which compose files and charts written for Prefect's image start a program.</summary>
internal static partial class Invocation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The words of the command: without what stands before it where the program is an image's entry point, as in
    /// <c>tini -g -- prefect server start</c>.
    /// </summary>
    public static string[] Arguments(string[] args) => [.. args.SkipWhile(static word => word is "-g" or "--" or "prefect" or "reeve")];

    /// <summary>Whether the name that the program was called by is <c>prefect</c>: a link to it, or the last word before the command.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="called">The word that started the program.</param>
    public static bool IsPrefect(string[] args, string called)
    {
        var word = args.TakeWhile(static word => word is "-g" or "--" or "prefect" or "reeve").LastOrDefault(static word => word is "prefect" or "reeve");
        return (word ?? Path.GetFileName(called)) == "prefect";
    }

    /// <summary>The word that started the program. The runtime would name the file that a link leads to.</summary>
    public static string Called()
    {
        try
        {
            return File.ReadAllText("/proc/self/cmdline").Split('\0')[0];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Environment.GetCommandLineArgs()[0];
        }
    }

    /// <summary>
    /// A health check of theirs, <c>python -c "…urlopen('http://localhost:4200/api/health')"</c>: the address that it asks. The image has no
    /// Python; a link of that name leads here.
    /// </summary>
    /// <returns>Whether it is one; the address is null where none is in it.</returns>
    public static bool IsProbe(string[] args, out Uri? address)
    {
        address = null;
        if (args is not ["-c", var code, ..]) return false;
        if (Address().Match(code) is { Success: true } found) Uri.TryCreate(found.Value, UriKind.Absolute, out address);
        return true;
    }

    /// <summary>Asks the address; 0 when it answers with 2xx.</summary>
    public static async Task<int> ProbeAsync(Uri? address, TextWriter error)
    {
        if (address is null)
        {
            await error.WriteLineAsync("reeve: there is no Python here; of what is given to python -c, only the address of a health check is understood.");
            return ExitCode.Usage;
        }

        try
        {
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(address);
            if (answer.IsSuccessStatusCode) return ExitCode.Success;
            await error.WriteLineAsync($"reeve: {address} answers {(int)answer.StatusCode}.");
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            await error.WriteLineAsync($"reeve: {address} does not answer: {problem.Message}");
        }

        return ExitCode.Failure;
    }

    [GeneratedRegex("""https?://[^'"\s)\\]+""")]
    private static partial Regex Address();
}
