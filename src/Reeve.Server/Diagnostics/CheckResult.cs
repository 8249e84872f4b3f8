namespace Reeve.Server.Diagnostics;

/// <summary>What a check found.</summary>
/// <param name="Status">How bad it is.</param>
/// <param name="Evidence">What was seen, one sentence each.</param>
/// <param name="Cause">What that comes from; null when all is well.</param>
/// <param name="Fix">What to do about it; null when all is well.</param>
internal sealed record CheckResult(CheckStatus Status, IReadOnlyList<string> Evidence, string? Cause = null, string? Fix = null)
{
    public static CheckResult Ok(string evidence) => new(CheckStatus.Ok, [evidence]);

    public static CheckResult Warn(string evidence, string cause, string fix) => new(CheckStatus.Warn, [evidence], cause, fix);

    public static CheckResult Fail(string evidence, string cause, string fix) => new(CheckStatus.Fail, [evidence], cause, fix);
}
