using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Commands.FlowRuns;
using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Core.Schedules;

namespace Reeve.Cli.Commands.Deployments;

/// <summary><c>deployment run</c>.</summary>
internal static class DeploymentRun
{
    private static readonly Argument<string> Name = DeploymentName.Argument();
    private static readonly Option<string[]> Param = new("--param", "-p") { Description = "KEY=VALUE; the value is read as JSON, else as text. May be repeated." };
    private static readonly Option<string?> Params = new("--params") { Description = "All parameters as one JSON object; - reads it from the standard input." };
    private static readonly Option<string[]> JobVariable = new("--job-variable", "-jv") { Description = "KEY=VALUE of a job variable. May be repeated." };
    private static readonly Option<string?> StartAt = new("--start-at") { Description = "When to start, as 2025-01-15T10:17:42Z; now without it." };
    private static readonly Option<string?> StartIn = new("--start-in") { Description = "In how long to start, in seconds or as PT1H." };
    private static readonly Option<string[]> Tag = new("--tag") { Description = "A tag for the run. May be repeated." };
    private static readonly Option<string?> RunName = new("--flow-run-name") { Description = "The run's name." };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Wait for the end; the exit code is 0 when the run completes." };
    private static readonly Option<int?> WatchTimeout = new("--watch-timeout") { Description = "Seconds to watch at most." };

    public static Command Create(CliHost host) =>
        new Command("run", "Create a run of a deployment.") { Name, Param, Params, JobVariable, StartAt, StartIn, Tag, RunName, Watch, WatchTimeout }.Runs(host, RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var parameters = await ParametersAsync(context, cancel);
        var due = Due(context);
        var deployment = await DeploymentName.ReadAsync(context, context.Get(Name), cancel);
        var run = await context.Client.Deployments.CreateFlowRunAsync(
            deployment.Id,
            new DeploymentFlowRunCreate
            {
                Name = context.Get(RunName),
                Parameters = parameters,
                JobVariables = context.Get(JobVariable) is { Length: > 0 } variables ? ToJson(Pairs(variables, "--job-variable")) : RawJson.None,
                Tags = [.. context.Get(Tag) ?? []],
                State = new StateCreate { Type = StateType.Scheduled, StateDetails = new StateDetails { ScheduledTime = due } },
            },
            cancel);
        if (context.Get(Watch)) run = await FlowRunWatch.UntilEndAsync(context, run, context.Get(WatchTimeout), cancel);
        if (context.IsJson) context.Output.Json(run, ReeveJson.TypeInfo<FlowRunResponse>());
        else if (context.Get(Watch)) context.Output.Line($"Flow run '{run.Name}' ended as {run.StateName}.{(run.State?.Message is { Length: > 0 } message ? " " + message : "")}");
        else context.Output.Line($"Created flow run '{run.Name}' ({run.Id}), due {Output.TimeText.Relative(due, context.Host.Clock.GetUtcNow())}.");
        return !context.Get(Watch) || run.StateType == StateType.Completed ? ExitCode.Success : ExitCode.Failure;
    }

    private static DateTimeOffset Due(CommandContext context)
    {
        var now = context.Host.Clock.GetUtcNow();
        if (context.Get(StartAt) is { } at)
        {
            if (context.Get(StartIn) is not null) throw new CliException("Give --start-at or --start-in, not both.", ExitCode.Usage);
            if (!IsoInstant.TryParse(at, out var wall, out var offset)) throw new CliException($"--start-at '{at}' is no date and time; write it as 2025-01-15T10:17:42Z.", ExitCode.Usage);
            return new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), offset ?? TimeSpan.Zero);
        }

        if (context.Get(StartIn) is not { } after) return now;
        if (double.TryParse(after, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return now.AddSeconds(seconds);
        return now + ScheduleInterval.Parse(after).Time;
    }

    private static async Task<RawJson> ParametersAsync(CommandContext context, CancellationToken cancel)
    {
        var parameters = new JsonMap();
        if (context.Get(Params) is { } text)
        {
            if (text == "-") text = await context.Host.In.ReadToEndAsync(cancel);
            if (Parse(text) is not JsonMap map) throw new CliException("--params must be a JSON object, such as '{\"name\": \"value\"}'.", ExitCode.Usage);
            parameters = map;
        }

        foreach (var (name, value) in Pairs(context.Get(Param) ?? [], "--param")) parameters[name] = value;
        return ToJson(parameters);
    }

    private static JsonMap Pairs(string[] pairs, string option)
    {
        var map = new JsonMap();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            if (equals < 1) throw new CliException($"{option} '{pair}' is not KEY=VALUE.", ExitCode.Usage);
            var value = pair[(equals + 1)..];
            map[pair[..equals]] = Parse(value) is var parsed && !ReferenceEquals(parsed, NotJson) ? parsed : value;
        }

        return map;
    }

    private static readonly object NotJson = new();

    private static object? Parse(string text)
    {
        try
        {
            return JsonTree.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return NotJson;
        }
    }

    private static RawJson ToJson(JsonMap map) => new(JsonTree.ToUtf8(map));
}
