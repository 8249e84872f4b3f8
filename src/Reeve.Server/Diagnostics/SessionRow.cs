namespace Reeve.Server.Diagnostics;

/// <summary>A session of PostgreSQL that holds others up, or is held up.</summary>
/// <param name="Pid">Its process on the database's machine.</param>
/// <param name="Name">Its <c>application_name</c>.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Blockers">The sessions it waits for, as <c>pid (application_name)</c> and separated by commas.</param>
internal sealed record SessionRow(int Pid, string Name, double Seconds, string Blockers);
