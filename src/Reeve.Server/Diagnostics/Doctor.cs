using Reeve.Data;

namespace Reeve.Server.Diagnostics;

/// <summary>Runs all checks, one after another: an examination must not be a load.</summary>
internal sealed class Doctor(IEnumerable<ICheck> checks, Db db, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ICheck[] _checks = [.. checks];

    public async Task<List<(string Name, CheckResult Result)>> ExamineAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var hasDatabase = await AnswersAsync(cancel);
        var results = new List<(string, CheckResult)>(_checks.Length);
        foreach (var check in _checks)
        {
            var result = check.NeedsDatabase && !hasDatabase
                ? CheckResult.Warn("Not looked at.", "The database does not answer.", "Mend the database first.")
                : await RunAsync(check, now, cancel);
            results.Add((check.Name, result));
        }
        return results;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        using var limit = Limit(cancel, out var either);
        using (either)
        {
            try
            {
                return await db.PingAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private async Task<CheckResult> RunAsync(ICheck check, DateTimeOffset now, CancellationToken cancel)
    {
        using var limit = Limit(cancel, out var either);
        using (either)
        {
            try
            {
                return await check.RunAsync(now, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return CheckResult.Warn($"Not finished after {Patience.TotalSeconds:0} s.", "The database is slow or busy.", "Look at the results about the database, then ask again.");
            }
            catch (DatabaseException error)
            {
                return CheckResult.Fail(error.Message, "The database refused the question.", "Look at the results about the database and its schema.");
            }
        }
    }

    private CancellationTokenSource Limit(CancellationToken cancel, out CancellationTokenSource either)
    {
        var limit = new CancellationTokenSource(Patience, clock);
        either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return limit;
    }
}
