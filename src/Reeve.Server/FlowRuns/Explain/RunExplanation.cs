using System.Globalization;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Server.WorkPools;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns.Explain;

/// <summary>Why a flow run is not running: everything that stands in its way, in the order in which it would meet it.</summary>
internal static class RunExplanation
{
    public static List<RunReason> Of(RunFacts run, DateTimeOffset now, ForemanSettings foreman) => run.StateType switch
    {
        null => [new("no_state", "It has no state: it was made and never scheduled. Whoever made it has to begin it.")],
        "SCHEDULED" => OfScheduled(run, now, foreman),
        "PENDING" => [new("pending", $"It has been taken and has been pending since {At(run.StateSince)}: its infrastructure or its process is being started.") { Since = run.StateSince }],
        "RUNNING" => OfRunning(run),
        "PAUSED" => [OfPaused(run)],
        "CANCELLING" => [new("cancelling", $"It has been waiting since {At(run.StateSince)} for whoever runs it to end it.") { Since = run.StateSince }],
        _ => [new("finished", $"It has ended: {run.StateName ?? run.StateType} at {At(run.StateSince)}.") { Since = run.StateSince }],
    };

    private static List<RunReason> OfRunning(RunFacts run)
    {
        var reasons = new List<RunReason> { new("running", $"It is running, in this state since {At(run.StateSince)}.", Blocks: false) { Since = run.StateSince } };
        reasons.AddRange(run.FullTags.Select(static tag => new RunReason("task_tag_limit_full", $"Task runs of it wait for the concurrency limit of the tag '{tag}', which is full.")));
        return reasons;
    }

    private static RunReason OfPaused(RunFacts run) => run.PauseTimeout is { } until
        ? new("paused", $"It is paused until somebody resumes it; at {At(until)} it fails.") { Until = until, Since = run.StateSince }
        : new("paused", "It is paused until somebody resumes it.") { Since = run.StateSince };

    private static List<RunReason> OfScheduled(RunFacts run, DateTimeOffset now, ForemanSettings foreman)
    {
        var reasons = new List<RunReason>();
        AddTime(reasons, run, now);
        AddDeployment(reasons, run);
        if (run.RetriesInProcess) reasons.Add(new("retried_in_process", "No worker is offered it: the process that ran it runs it again itself, if it lives."));
        AddPlace(reasons, run);
        if (run.DeploymentLimit is { Active: true } limit && !SlotMath.HasFree(limit, 1, now))
        {
            reasons.Add(limit.Limit == 0
                ? new("deployment_limit_zero", $"The concurrency limit of deployment '{run.Deployment}' is 0: none of its runs may begin.")
                : new("deployment_limit_full", $"The concurrency limit of deployment '{run.Deployment}' is full: {limit.Limit} of {limit.Limit} slots are taken{By(run.DeploymentHolders)}.") { Holders = run.DeploymentHolders });
        }
        if (run.Pool is not null) AddWorkers(reasons, run, now, foreman);
        if (!reasons.Exists(static reason => reason.Blocks))
            reasons.Add(new("nothing", "Nothing stands in its way: a worker should take it at its next poll.", Blocks: false));
        return reasons;
    }

    private static void AddTime(List<RunReason> reasons, RunFacts run, DateTimeOffset now)
    {
        if (run.Due is not { } due) return;
        if (due > now)
        {
            reasons.Add(run.StateName switch
            {
                "AwaitingRetry" => new("awaiting_retry", $"It failed and is tried again at {At(due)}.") { Until = due },
                "AwaitingConcurrencySlot" => new("awaiting_concurrency_slot", $"It found its deployment's concurrency limit full and asks again at {At(due)}.") { Until = due },
                _ => new("not_due", $"It is scheduled for {At(due)}.") { Until = due },
            });
        }
        else if (run.StateName == "Late")
        {
            reasons.Add(new("late", string.Create(CultureInfo.InvariantCulture, $"It is late: it was to begin at {At(due)}, {(now - due).TotalSeconds:0} s ago."), Blocks: false) { Since = due });
        }
    }

    // A run that exists is taken whether or not its deployment or schedule would make further ones.
    private static void AddDeployment(List<RunReason> reasons, RunFacts run)
    {
        if (run.HasDeployment && run.Deployment is null) reasons.Add(new("deployment_gone", "Its deployment is gone: a worker would not know what to run."));
        if (run.DeploymentPaused) reasons.Add(new("deployment_paused", $"Deployment '{run.Deployment}' is paused: it makes no further runs; this one may still be taken.", Blocks: false));
        if (!run.IsAutoScheduled || run.Deployment is null) return;
        if (run.ScheduleActive is null) reasons.Add(new("schedule_gone", "The schedule that made it is gone; this run stays.", Blocks: false));
        else if (run.ScheduleActive is false) reasons.Add(new("schedule_inactive", "The schedule that made it has been switched off; this run stays.", Blocks: false));
    }

    private static void AddPlace(List<RunReason> reasons, RunFacts run)
    {
        if (run.Queue is not { } queue || run.Pool is not { } pool)
        {
            reasons.Add(run.HasDeployment
                ? new("no_work_queue", $"It is in no work queue, so no worker is offered it. Give deployment '{run.Deployment}' a work pool.")
                : new("no_deployment", "It belongs to no deployment: no worker is offered it, and whoever made it has to run it."));
            return;
        }
        if (pool.IsPaused) reasons.Add(new("pool_paused", $"Work pool '{pool.Name}' is paused."));
        if (queue.IsPaused) reasons.Add(new("queue_paused", $"Work queue '{queue.Name}' of work pool '{pool.Name}' is paused."));
        if (pool.IsFull) reasons.Add(new("pool_full", $"Work pool '{pool.Name}' is full: {pool.Busy} runs against a limit of {pool.Limit}{By(run.PoolHolders)}.") { Holders = run.PoolHolders });
        if (queue.IsFull) reasons.Add(new("queue_full", $"Work queue '{queue.Name}' is full: {queue.Busy} runs against a limit of {queue.Limit}{By(run.QueueHolders)}.") { Holders = run.QueueHolders });
    }

    private static void AddWorkers(List<RunReason> reasons, RunFacts run, DateTimeOffset now, ForemanSettings foreman)
    {
        if (run.Workers.Any(worker => worker.IsOnline && now - worker.Heartbeat <= ForemanStore.Silence(worker.Interval, foreman))) return;
        var pool = $"work pool '{run.Pool!.Name}' (type {run.PoolType})";
        reasons.Add(run.Workers is [var last, ..]
            ? new("no_worker", $"No worker of {pool} is online: the last to be heard was '{last.Name}' at {At(last.Heartbeat)}.") { Since = last.Heartbeat }
            : new("no_worker", $"No worker has ever served {pool}. Start one: reeve worker start --pool '{run.Pool.Name}'"));
    }

    private static string By(IReadOnlyList<RunHolder> holders) => holders.Count == 0 ? "" : $" (by {string.Join(", ", holders.Select(static holder => $"'{holder.Name}'"))})";

    private static string At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
