using Reeve.Client.Http;

namespace Reeve.Client;

/// <summary>
/// A client of the API, of Reeve's server or Prefect's. Safe for any number of threads. Every call throws <see cref="ApiNotFoundException"/> where the
/// thing does not exist, <see cref="ApiUnavailableException"/> where repeats did not help, else <see cref="ApiException"/>.
/// </summary>
public sealed class ReeveClient : IDisposable
{
    private readonly ApiConnection _connection;

    public ReeveClient(ClientOptions options, TimeProvider clock)
        : this(options, clock, handler: null)
    {
    }

    internal ReeveClient(ClientOptions options, TimeProvider clock, HttpMessageHandler? handler)
    {
        _connection = new ApiConnection(options, clock, handler);
        Automations = new AutomationsClient(_connection);
        Blocks = new BlocksClient(_connection);
        DeadLetters = new DeadLettersClient(_connection);
        Deployments = new DeploymentsClient(_connection);
        FlowRuns = new FlowRunsClient(_connection);
        Flows = new FlowsClient(_connection);
        Logs = new LogsClient(_connection);
        Server = new ServerClient(_connection);
        Variables = new VariablesClient(_connection);
        WorkPools = new WorkPoolsClient(_connection);
    }

    /// <summary>The API's address, ending in a slash.</summary>
    public Uri ApiUrl => _connection.Root;

    public AutomationsClient Automations { get; }

    public BlocksClient Blocks { get; }

    public DeadLettersClient DeadLetters { get; }

    public DeploymentsClient Deployments { get; }

    public FlowRunsClient FlowRuns { get; }

    public FlowsClient Flows { get; }

    public LogsClient Logs { get; }

    public ServerClient Server { get; }

    public VariablesClient Variables { get; }

    public WorkPoolsClient WorkPools { get; }

    public void Dispose() => _connection.Dispose();
}
