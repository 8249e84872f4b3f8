using System.Net.Sockets;
using Reeve.Client;
using Reeve.Core.Schedules;
using Reeve.Data;
using Reeve.Data.Schema;
using Reeve.Settings;
using Reeve.Worker;

namespace Reeve.Cli;

/// <summary>Turns the errors a user can do something about into one line each.</summary>
internal static class ErrorLines
{
    public static async Task<int> GuardAsync(CommandContext context, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (CliException error)
        {
            return Fail(context, error.Message, error.Code);
        }
        catch (ApiUnavailableException error) when (error.Status is null)
        {
            return Fail(context, $"{error.Detail} Start a server (reeve server start) or name one: reeve config set PREFECT_API_URL=http://host:4200/api", ExitCode.Unreachable);
        }
        catch (ApiException error)
        {
            var hint = error.Status == System.Net.HttpStatusCode.Unauthorized ? " Set PREFECT_API_AUTH_STRING=user:password." : "";
            return Fail(context, $"{error.Message}.{hint}".Replace("..", ".", StringComparison.Ordinal), error is ApiUnavailableException ? ExitCode.Unreachable : ExitCode.Failure);
        }
        catch (Exception error) when (error is SettingsException or WorkerException or SchemaException or ScheduleFormatException or ScheduleEvaluationException or DatabaseException)
        {
            return Fail(context, error.Message, ExitCode.Failure);
        }
        catch (IOException error) when (error.InnerException is SocketException or null)
        {
            return Fail(context, error.Message, ExitCode.Failure);
        }
        catch (UnauthorizedAccessException error)
        {
            return Fail(context, error.Message, ExitCode.Failure);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static int Fail(CommandContext context, string message, int code)
    {
        foreach (var line in message.Split('\n')) context.Host.Error.WriteLine($"reeve: {line}");
        return code;
    }
}
