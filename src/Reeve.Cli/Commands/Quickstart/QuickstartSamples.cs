using System.Net;
using Reeve.Client;
using Reeve.Contract.Deployments;
using Reeve.Contract.Flows;
using Reeve.Contract.States;
using Reeve.Contract.WorkPools;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Worker;
using Reeve.Worker.Process;

namespace Reeve.Cli.Commands.Quickstart;

/// <summary>Sample flows whose runs are shell scripts, so that nothing else need be installed. Creating them again changes nothing.</summary>
internal sealed class QuickstartSamples(ReeveClient client, QuickstartConsole console, string home)
{
    public const string Pool = "quickstart-pool";

    private const string CountScript =
        """
        #!/bin/sh
        echo "Counting to three on $(hostname)"
        for n in 1 2 3; do
          echo "$n"
          sleep 1
        done
        echo "Done: $REEVE_FLOW_RUN_NAME"
        """;

    private const string GreetScript =
        """
        #!/bin/sh
        echo "Hello, $REEVE_PARAM_NAME!"
        echo "All parameters: $REEVE_PARAMETERS"
        """;

    public async Task CreateAsync(CancellationToken cancel)
    {
        await CreatePoolAsync(cancel);
        await CreateAsync("count", "every-minute", "Counts to three, every minute.", CountScript, new CronSchedule { Cron = "* * * * *" }, RawJson.EmptyObject, RawJson.None, cancel);
        var greet = await CreateAsync(
            "greet", "every-20-seconds", "Greets whom the parameter names, every 20 seconds.", GreetScript, new IntervalSchedule { Interval = TimeSpan.FromSeconds(20) },
            RawJson.Parse("""{"name": "world"}"""),
            RawJson.Parse("""{"title": "Parameters", "type": "object", "properties": {"name": {"title": "name", "type": "string", "default": "world", "position": 0}}}"""),
            cancel);
        var run = await client.Deployments.CreateFlowRunAsync(
            greet.Id,
            new DeploymentFlowRunCreate
            {
                Parameters = RawJson.Parse("""{"name": "you"}"""),
                State = new StateCreate { Type = StateType.Scheduled },
            },
            cancel);
        console.Write(WorkerLogLevel.Info, $"Flow run '{run.Name}' of greet/every-20-seconds created, due now");
    }

    private async Task CreatePoolAsync(CancellationToken cancel)
    {
        try
        {
            await client.WorkPools.CreateAsync(new WorkPoolCreate { Name = Pool, Type = ProcessPool.Type, BaseJobTemplate = ProcessPool.BaseJobTemplate }, cancel);
            console.Write(WorkerLogLevel.Info, $"Work pool '{Pool}' created");
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Conflict)
        {
            // From an earlier time.
        }
    }

    private async Task<DeploymentResponse> CreateAsync(
        string flowName, string name, string description, string script, Schedule schedule, RawJson parameters, RawJson parameterSchema, CancellationToken cancel)
    {
        var file = Path.Combine(home, flowName + ".sh");
        await File.WriteAllTextAsync(file, script + "\n", cancel);
        var flow = await client.Flows.CreateAsync(new FlowCreate { Name = flowName }, cancel);
        var variables = new JsonMap { ["command"] = $"sh '{file}'" };
        var deployment = new DeploymentCreate
        {
            Name = name,
            FlowId = flow.Id,
            Description = description,
            WorkPoolName = Pool,
            Parameters = parameters,
            JobVariables = new RawJson(JsonTree.ToUtf8(variables)),
            Schedules = [new DeploymentScheduleCreate { Schedule = schedule }],
            Tags = new List<string> { "quickstart" },
            EnforceParameterSchema = false,
        };
        if (!parameterSchema.IsNull) deployment.ParameterOpenapiSchema = parameterSchema;
        var created = await client.Deployments.CreateAsync(deployment, cancel);
        console.Write(WorkerLogLevel.Info, $"Deployment {flowName}/{name} created: {description}");
        return created;
    }
}
