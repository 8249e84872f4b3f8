using System.Text;
using System.Text.Json;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;

namespace Reeve.Worker.Jobs;

/// <summary>The environment variables that tell a process about its flow run.</summary>
internal static class RunEnvironment
{
    /// <summary>The system refuses a variable of 128 KiB or more.</summary>
    private const int LargestParameters = 120_000;

    /// <summary>
    /// Variables of both kinds of run: <c>PREFECT__…</c> as Prefect's engine and client read them, and for plain commands <c>REEVE_FLOW_RUN_ID</c>,
    /// <c>REEVE_FLOW_RUN_NAME</c>, <c>REEVE_FLOW_NAME</c>, <c>REEVE_DEPLOYMENT_NAME</c>, <c>REEVE_WORK_POOL</c>, <c>REEVE_RUN_COUNT</c>,
    /// <c>REEVE_PARAMETERS</c> (the JSON object) and <c>REEVE_PARAM_NAME</c> for each parameter that is text, a number or a boolean.
    /// </summary>
    public static Dictionary<string, string> For(FlowRun run, string? flowName, DeploymentResponse? deployment, string workerName, string pool)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PREFECT__FLOW_RUN_ID"] = run.Id.ToString(),
            ["PREFECT__FLOW_ID"] = run.FlowId.ToString(),
            ["PREFECT__WORKER_NAME"] = workerName,
            ["REEVE_FLOW_RUN_ID"] = run.Id.ToString(),
            ["REEVE_FLOW_RUN_NAME"] = run.Name,
            ["REEVE_WORK_POOL"] = pool,
        };
        if (flowName is not null) variables["PREFECT__FLOW_NAME"] = variables["REEVE_FLOW_NAME"] = flowName;
        if (deployment is not null)
        {
            variables["PREFECT__DEPLOYMENT_ID"] = deployment.Id.ToString();
            variables["PREFECT__DEPLOYMENT_NAME"] = variables["REEVE_DEPLOYMENT_NAME"] = deployment.Name;
        }

        AddParameters(variables, run);
        return variables;
    }

    /// <summary>True when the parameters fit into an environment variable; else the worker writes them to the file that <c>REEVE_PARAMETERS_FILE</c> names.</summary>
    public static bool ParametersFit(FlowRun run) => run.Parameters.Utf8.Length <= LargestParameters;

    private static void AddParameters(Dictionary<string, string> variables, FlowRun run)
    {
        if (!ParametersFit(run)) return;
        variables["REEVE_PARAMETERS"] = run.Parameters.IsNull ? "{}" : run.Parameters.ToString();
        using var document = run.Parameters.ToDocument();
        if (document.RootElement.ValueKind != JsonValueKind.Object) return;
        foreach (var parameter in document.RootElement.EnumerateObject())
        {
            var text = parameter.Value.ValueKind switch
            {
                JsonValueKind.String => parameter.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => parameter.Value.GetRawText(),
                _ => null,
            };
            if (text is not null && !text.Contains('\0')) variables["REEVE_PARAM_" + Name(parameter.Name)] = text;
        }
    }

    private static string Name(string parameter)
    {
        var name = new StringBuilder(parameter.Length);
        foreach (var letter in parameter) name.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_');
        return name.ToString();
    }
}
