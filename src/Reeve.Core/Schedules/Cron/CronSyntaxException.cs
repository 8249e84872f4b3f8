namespace Reeve.Core.Schedules.Cron;

/// <summary>Why a cron text cannot be read; never leaves the folder.</summary>
internal sealed class CronSyntaxException(string reason) : Exception(reason);
