using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Reeve.Client;
using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Logs;
using Reeve.Contract.States;
using Reeve.Contract.WorkPools;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Worker.Tests;

/// <summary>Just enough of the API for a worker, in memory. A test sees every state a run was in and waits for the one it wants.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    private readonly ConcurrentDictionary<Guid, FakeRun> _runs = new();
    private readonly ConcurrentDictionary<Guid, DeploymentResponse> _deployments = new();
    private readonly List<LogCreate> _logs = [];
    private readonly TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkPoolResponse? _pool;
    private int _polls;

    /// <summary>Answers requests before the fake does, for tests of trouble.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Intercept { get; set; } = _ => null;

    /// <summary>What the answer to a poll waits for after it was made, by the poll's number from 1 on.</summary>
    public Func<int, Task> Delay { get; set; } = _ => Task.CompletedTask;

    public int Heartbeats { get; private set; }

    public WorkPoolResponse? Pool => _pool;

    public ReeveClient CreateClient(int retries = 0) => new(
        new ClientOptions { ApiUrl = new Uri("http://fake/api"), MaxRetries = retries, WaitForServer = true }, TimeProvider.System, this);

    public void AddPool(string type = "process", string template = "{}") =>
        _pool = new WorkPoolResponse { Id = Guid.NewGuid(), Name = "pool", Type = type, BaseJobTemplate = RawJson.Parse(template) };

    public FakeRun AddRun(string jobVariables, string parameters = "{}", string deploymentVariables = "{}")
    {
        var deployment = new DeploymentResponse { Id = Guid.NewGuid(), Name = "sample", JobVariables = RawJson.Parse(deploymentVariables) };
        _deployments[deployment.Id] = deployment;
        var run = new FakeRun(new FlowRun
        {
            Id = Guid.NewGuid(),
            Name = "brave-test",
            FlowId = Guid.NewGuid(),
            DeploymentId = deployment.Id,
            StateType = StateType.Scheduled,
            NextScheduledStartTime = TimeProvider.System.GetUtcNow(),
            Parameters = RawJson.Parse(parameters),
            JobVariables = RawJson.Parse(jobVariables),
        });
        _runs[run.Id] = run;
        return run;
    }

    public IReadOnlyList<string> Lines(FakeRun run)
    {
        lock (_logs) return [.. _logs.Where(line => line.FlowRunId == run.Id).Select(line => line.Message)];
    }

    public Task Logged => _logged.Task;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Intercept(request) is { } answer) return answer;
        var path = request.RequestUri!.AbsolutePath["/api/".Length..];
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var parts = path.Split('/');
        return (request.Method.Method, parts) switch
        {
            ("GET", ["work_pools", _]) => _pool is { } pool ? Json(pool) : Missing("Work pool"),
            ("POST", ["work_pools", ""]) => Create(Read<WorkPoolCreate>(body)),
            ("POST", ["work_pools", _, "workers", "heartbeat"]) => Beat(),
            ("POST", ["work_pools", _, "get_scheduled_flow_runs"]) => await ScheduledAsync(Read<WorkPoolScheduledFlowRunsRequest>(body)),
            ("GET", ["deployments", var id]) => Json(_deployments[Guid.Parse(id)]),
            ("GET", ["flows", _]) => Missing("Flow"),
            ("POST", ["flow_runs", "filter"]) => Json(_runs.Values
                .Where(run => run.State is StateType.Cancelling or StateType.Cancelled).Select(run => run.Response()).ToList()),
            ("GET", ["flow_runs", var id]) => Json(_runs[Guid.Parse(id)].Response()),
            ("PATCH", ["flow_runs", _]) => new HttpResponseMessage(HttpStatusCode.NoContent),
            ("POST", ["flow_runs", var id, "set_state"]) => Json(_runs[Guid.Parse(id)].Propose(Read<SetStateRequest>(body))),
            ("POST", ["logs", ""]) => Log(Read<List<LogCreate>>(body)),
            _ => throw new InvalidOperationException($"{request.Method} {path} is not faked"),
        };
    }

    private static T Read<T>(byte[] body) => JsonSerializer.Deserialize(body, ReeveJson.TypeInfo<T>())!;

    private static HttpResponseMessage Json<T>(T value) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, ReeveJson.TypeInfo<T>())),
    };

    private static HttpResponseMessage Missing(string what) => new(HttpStatusCode.NotFound)
    {
        Content = new StringContent($"{{\"detail\":\"{what} not found.\"}}", Encoding.UTF8, "application/json"),
    };

    private HttpResponseMessage Create(WorkPoolCreate pool)
    {
        AddPool(pool.Type, pool.BaseJobTemplate.ToString());
        return Json(_pool!);
    }

    private HttpResponseMessage Beat()
    {
        Heartbeats++;
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private async Task<HttpResponseMessage> ScheduledAsync(WorkPoolScheduledFlowRunsRequest request)
    {
        var answer = Json(_runs.Values
            .Where(run => run.State == StateType.Scheduled && run.Flow.NextScheduledStartTime <= request.ScheduledBefore && run.IsOffered)
            .Select(run => new WorkerFlowRunResponse { FlowRun = run.Flow }).ToList());
        await Delay(++_polls);
        return answer;
    }

    private HttpResponseMessage Log(List<LogCreate> lines)
    {
        lock (_logs) _logs.AddRange(lines);
        _logged.TrySetResult();
        return new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("null") };
    }
}
