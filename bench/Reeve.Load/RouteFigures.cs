namespace Reeve.Load;

/// <summary>What a route took.</summary>
/// <param name="Route">Method and path, and the body where a route is asked in several ways.</param>
/// <param name="Requests">How many were sent.</param>
/// <param name="PerCpuSecond">Requests for each second that the server computed; null where its process is not named or used too little to tell.</param>
/// <param name="DatabaseMilliseconds">CPU time of the database a request; null where its process is not named.</param>
/// <param name="P50">Milliseconds, seen by the client; so are the others.</param>
/// <param name="P95">A twentieth took longer.</param>
/// <param name="P99">A hundredth took longer.</param>
/// <param name="Errors">Answers that were no 2xx.</param>
internal sealed record RouteFigures(string Route, int Requests, double? PerCpuSecond, double? DatabaseMilliseconds, double P50, double P95, double P99, int Errors);
