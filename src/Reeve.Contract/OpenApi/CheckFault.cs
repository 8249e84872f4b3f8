namespace Reeve.Contract.OpenApi;

/// <summary>A rule that is broken, by the value itself or by its member <paramref name="Member"/>.</summary>
internal sealed record CheckFault(string Message, string? Member = null);
